import { Cluster } from '../cluster/cluster';
import { Files } from '../shell/files';
import { Jobs } from '../shell/jobs';
import { standardPrograms } from '../shell/programs';
import { Shell } from '../shell/shell';
import type { Scenario } from './types';

/** The scenario's cluster after its manifests have been applied and everything has come to rest. */
export function startCluster(scenario: Scenario): Cluster {
  const cluster = new Cluster({
    seed: scenario.seed ?? 1,
    cloud: scenario.cloud,
    ...(scenario.addons === undefined ? {} : { addons: scenario.addons }),
    ...(scenario.proxyMode === undefined ? {} : { proxyMode: scenario.proxyMode }),
    ...(scenario.nodes === undefined ? {} : { nodes: scenario.nodes }),
  });
  const jobs = new Jobs(() => cluster.now());
  const files = new Files('/home/learner', Object.fromEntries(scenario.manifests.map((text, index) => [`${index}.yaml`, text])));
  const shell = new Shell({ world: cluster, files, programs: standardPrograms, jobs });
  scenario.manifests.forEach((_text, index) => {
    let errors = '';
    const run = shell.program(shell.frame, ['kubectl', 'apply', '-f', `${index}.yaml`], {
      stdin: '',
      stdout: () => undefined,
      stderr: (text) => (errors += text),
    });
    const step = run.next();
    if (!step.done || step.value !== 0) throw new Error(`scenario ${scenario.name}: manifest ${index}: ${errors}`);
  });
  cluster.settle();
  // The learner arrives at a cluster that has been up for a while.
  cluster.advance(60_000);
  return cluster;
}
