import { createLab } from '../../src/lab';
import { runLine } from '../../src/lab/drive';
import { parseSavedLab, type SavedLab } from '../../src/lab/log';
import { getScenario } from '../../src/lab/scenarios';
import type { Lab } from '../../src/lab/types';
import { commandLine } from './commands';
import { Draw } from './draw';
import { brokenAlways, brokenAtRest } from './invariants';
import { manifest } from './manifests';

/** What a command may take of virtual time before it is stopped, ms. */
const patience = 4000;
/** What controllers and kubelets may take until all is quiet, virtual ms. */
const rest = 120_000;
/** What one input may keep a thread busy, ms of its own time: far from what any takes, near to what a reader calls frozen. */
const frozen = 2000;

const scenarios = ['home', 'clusterip', 'nodeport', 'loadbalancer', 'kube-proxy', 'playground-4-metallb-nftables-dns-7'] as const;

export interface Session {
  inputs: number;
  /** What went wrong, each with the input before it. */
  faults: string[];
  /** The longest time that one input kept the thread busy, ms. */
  longest: number;
  /** All that was printed. */
  transcript: string;
}

const stateOf = (lab: Lab): string => {
  const { time, nodes, pods, services, endpointSlices } = lab.getSnapshot();
  return JSON.stringify({ time, nodes, pods, services, endpointSlices });
};

/** What JavaScript says when something was missing: a learner must never read it. */
const inner =
  /this simulator failed|\[object Object\]|Cannot (read|set) propert|is not a function|is not iterable|Maximum call stack/;

/**
 * One learner at one cluster: random lines and manifests, whatever they are.
 * @param seed the same seed gives the same session
 */
export async function play(seed: number, inputs: number): Promise<Session> {
  const draw = new Draw(seed);
  const scenario = getScenario(draw.from(scenarios));
  const lab = createLab(scenario);
  const session: Session = { inputs: 0, faults: [], longest: 0, transcript: '' };
  const fault = (input: string, what: string) =>
    session.faults.push(`seed ${seed}: ${JSON.stringify(input.slice(0, 300))}: ${what}`);
  for (; session.inputs < inputs; session.inputs++) {
    const isManifest = draw.once(4);
    const input = isManifest ? manifest(draw) : commandLine(draw);
    const begin = process.cpuUsage();
    try {
      if (isManifest) lab.writeFile('a.yaml', input);
      const { stdout, stderr } = isManifest ? await lab.apply('a.yaml') : await runLine(lab, input, patience);
      session.transcript += `${input}\n${stdout}${stderr}`;
      const said = inner.exec(stdout + stderr);
      if (said && !inner.test(input)) fault(input, `printed ${said[0]}`);
    } catch (error) {
      fault(input, error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    const { user, system } = process.cpuUsage(begin);
    const busy = (user + system) / 1000;
    session.longest = Math.max(session.longest, busy);
    if (busy > frozen) fault(input, `busy for ${busy.toFixed(0)} ms`);
    for (const broken of brokenAlways(lab.getSnapshot())) fault(input, broken);
  }
  lab.advance(rest);
  await lab.rest();
  for (const broken of brokenAtRest(lab.getSnapshot())) fault('at rest', broken);
  const saved = parseSavedLab(JSON.stringify(lab.saved()));
  if (!saved) fault('saved', 'cannot be read back');
  else if (!(await comesBack(lab, saved))) fault('saved', 'another state comes back');
  lab.dispose();
  return session;
}

async function comesBack(lab: Lab, shared: SavedLab): Promise<boolean> {
  const again = createLab(lab.scenario, { shared });
  await again.ready;
  again.advance(lab.getSnapshot().time - again.getSnapshot().time);
  await again.rest();
  const same = stateOf(again) === stateOf(lab);
  again.dispose();
  return same;
}
