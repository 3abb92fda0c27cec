import type { Json } from '../../cluster/apimachinery/object';
import type { Command, Invocation } from '../command';
import { allNamespacesFlag, outputFlags } from '../commonflags';
import { groupVersion, pathOf, type Mapping } from '../discovery';
import { KubectlError, notSimulated } from '../errors';
import { flag, FlagValues } from '../flags';
import { objectPrinter } from '../printers/objectprinter';

/** What is written of each namespace, in this order. */
const KINDS = ['events', 'replicationcontrollers', 'services', 'daemonsets.apps', 'deployments.apps', 'replicasets.apps', 'pods'];

export const dump: Command = {
  name: 'dump',
  short: 'Dump relevant information for debugging and diagnosis',
  flags: [
    allNamespacesFlag,
    ...outputFlags.map((definition) => (definition.name === 'output' ? { ...definition, default: 'json' } : definition)),
    flag('namespaces', 'list', 'Namespaces to dump.'),
    flag('output-directory', 'string', 'Where to write files; - or nothing is standard output.', { support: 'not simulated' }),
    flag('pod-running-timeout', 'duration', 'How long to wait for pods.', { default: '20s', support: 'ignored' }),
  ],
  *run(invocation) {
    const { session, flags } = invocation;
    const directory = flags.string('output-directory');
    if (directory !== '' && directory !== '-') throw notSimulated('write dumps into directories');
    write(invocation, session.discovery.find('nodes'), undefined);
    const namespaces = flags.boolean('all-namespaces')
      ? (session.get('/api/v1/namespaces').items ?? []).map((item: Json) => item.metadata.name)
      : flags.list('namespaces').length > 0
        ? flags.list('namespaces')
        : ['kube-system', session.namespace];
    for (const namespace of namespaces) {
      for (const kind of KINDS) {
        const mapping = session.discovery.mappings.find(
          (candidate) => (candidate.group ? `${candidate.resource}.${candidate.group}` : candidate.resource) === kind,
        );
        if (mapping) write(invocation, mapping, namespace);
      }
    }
    throw notSimulated('keep logs of containers: those are left out of the dump');
  },
};

function write({ session, flags }: Invocation, mapping: Mapping, namespace: string | undefined): void {
  const list: Json = session.get(pathOf(mapping, namespace));
  if (flags.string('output') === 'name')
    throw new KubectlError(`list types are not supported by name printing: *v1.${mapping.kind}List`);
  const values = new FlagValues(dump.flags ?? []);
  values.set('output', flags.string('output'));
  const printer = objectPrinter({ flags: values, environment: session.environment, nameOf: () => '' });
  session.out(printer?.({ ...list, kind: `${mapping.kind}List`, apiVersion: groupVersion(mapping) }) ?? '');
}
