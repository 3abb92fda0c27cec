import type { Json } from '../../cluster/apimachinery/object';
import type { Command, Invocation } from '../command';
import { dryRunFlag, fieldManagerFlag, filenameFlags, outputFlags, saveConfigFlag } from '../commonflags';
import { pathOf } from '../discovery';
import { KubectlError, throwGathered } from '../errors';
import { flag } from '../flags';
import { buildTargets, fetchTargets, type Target } from '../resourcebuilder';
import type { Suspend } from '../types';
import { dryRunOf, parsePairs, Reporter, withLastApplied, writeQuery } from '../writing';

export const expose: Command = {
  name: 'expose',
  short: 'Take a replication controller, service, deployment or pod and expose it as a new Kubernetes service',
  use: '(-f FILENAME | TYPE NAME) [--port=port] [--protocol=TCP|UDP|SCTP] [--target-port=number-or-name] [--name=name] [--external-ip=external-ip-of-service] [--type=type]',
  examples: [
    'kubectl expose deployment web --port=80 --target-port=8080',
    'kubectl expose deployment web --type=NodePort --port=80',
  ],
  flags: [
    ...filenameFlags,
    ...outputFlags,
    dryRunFlag,
    saveConfigFlag,
    fieldManagerFlag('kubectl-expose'),
    flag('cluster-ip', 'string', 'Cluster IP, or None for a headless service.'),
    flag('external-ip', 'string', 'An address outside that nodes accept for the service.'),
    flag('labels', 'string', 'Labels of the service.', { short: 'l' }),
    flag('load-balancer-ip', 'string', 'Address asked of the load balancer.'),
    flag('name', 'string', 'Name of the service.'),
    flag('override-type', 'string', 'How --overrides merges.', { default: 'merge', support: 'not simulated' }),
    flag('overrides', 'string', 'JSON merged into the service.', { support: 'not simulated' }),
    flag('port', 'string', 'Port of the service.'),
    flag('protocol', 'string', 'TCP, UDP or SCTP.'),
    flag('selector', 'string', 'Label selector of the service.'),
    flag('session-affinity', 'string', 'None or ClientIP.'),
    flag('target-port', 'string', 'Port of the container, by number or name.'),
    flag('type', 'string', 'ClusterIP, NodePort, LoadBalancer or ExternalName.'),
  ],
  *run(invocation): Generator<Suspend, void, void> {
    const { session, flags, args } = invocation;
    const dryRun = dryRunOf(invocation);
    const built = buildTargets(session, { flags, args: args.length > 0 ? args : [], listsAll: false });
    const found = fetchTargets(session, built, flags);
    throwGathered(built.errors);
    const reporter = new Reporter(invocation, dryRun, true);
    const services = session.discovery.find('services');
    for (const target of found) {
      const service = serviceFor(invocation, target);
      const object = flags.boolean('save-config') ? withLastApplied(service) : service;
      const path = pathOf(services, target.namespace);
      const query = { ...writeQuery(invocation, dryRun), fieldValidation: 'Strict' };
      reporter.report(dryRun === 'client' ? object : session.post(path, object, query), 'exposed');
    }
  },
};

function serviceFor({ flags }: Invocation, target: Target): Json {
  const object: Json = target.object;
  const selector = flags.has('selector') ? parsePairs(flags.string('selector')) : selectorOf(target, object);
  const labels = flags.has('labels') ? parsePairs(flags.string('labels')) : object.metadata.labels;
  const clusterIP = flags.string('cluster-ip');
  const type = flags.string('type');
  const affinity = flags.string('session-affinity');
  if (!['', 'None', 'ClientIP'].includes(affinity)) throw new KubectlError(`unknown session affinity: ${affinity}`);
  return {
    kind: 'Service',
    apiVersion: 'v1',
    metadata: {
      name: flags.string('name') || object.metadata.name,
      ...(target.namespace && { namespace: target.namespace }),
      ...(labels && Object.keys(labels).length > 0 && { labels }),
    },
    spec: {
      ports: portsFor(flags, object, clusterIP === 'None'),
      selector,
      ...(clusterIP && { clusterIP }),
      ...(type && { type }),
      ...(flags.has('external-ip') && { externalIPs: [flags.string('external-ip')] }),
      ...(flags.has('session-affinity') && { sessionAffinity: flags.string('session-affinity') }),
      ...(flags.has('load-balancer-ip') && { loadBalancerIP: flags.string('load-balancer-ip') }),
    },
    status: { loadBalancer: {} },
  };
}

function selectorOf(target: Target, object: Json): Json {
  const missing = (reason: string) =>
    new KubectlError(`couldn't retrieve selectors via --selector flag or introspection: ${reason}`);
  switch (object.kind) {
    case 'Deployment':
    case 'ReplicaSet':
      if (object.spec.selector?.matchExpressions?.length)
        throw missing(
          `couldn't convert expressions - "${goExpressions(object.spec.selector.matchExpressions)}" to map-based selector format`,
        );
      return object.spec.selector?.matchLabels ?? {};
    case 'Service':
      if (!object.spec.selector) throw missing('the service has no pod selector set');
      return object.spec.selector;
    case 'Pod':
      if (!object.metadata.labels || Object.keys(object.metadata.labels).length === 0) {
        throw missing('the pod has no labels and cannot be exposed');
      }
      return object.metadata.labels;
    default:
      throw new KubectlError(`cannot expose a ${object.kind}${target.mapping.group ? `.${target.mapping.group}` : ''}`);
  }
}

/** Expressions as Go's %+v prints them. */
function goExpressions(expressions: Json[]): string {
  const texts = expressions.map(
    ({ key, operator, values = [] }) => `{Key:${key} Operator:${operator} Values:[${values.join(' ')}]}`,
  );
  return `[${texts.join(' ')}]`;
}

function portsFor(flags: Invocation['flags'], object: Json, headless: boolean): Json[] | undefined {
  const given = flags
    .string('port')
    .split(',')
    .filter((port) => port !== '');
  const found = portsOf(object);
  const wrong = given.find((port) => !/^[-+]?\d+$/.test(port));
  if (wrong !== undefined) throw new KubectlError(`strconv.Atoi: parsing ${JSON.stringify(wrong)}: invalid syntax`);
  const numbers = given.length > 0 ? given.map(Number) : found.map((port) => port.port);
  if (numbers.length === 0) {
    if (headless) return undefined;
    throw new KubectlError("couldn't find port via --port flag or introspection");
  }
  const target = flags.string('target-port');
  return numbers.map((port, index) => ({
    ...(numbers.length > 1 && { name: `port-${index + 1}` }),
    protocol: flags.string('protocol') || (found.find((other) => other.port === port)?.protocol ?? 'TCP'),
    port,
    targetPort: target === '' ? port : /^\d+$/.test(target) ? Number(target) : target,
  }));
}

/** The ports an object has to offer. */
function portsOf(object: Json): { port: number; protocol: string }[] {
  if (object.kind === 'Service')
    return (object.spec.ports ?? []).map((port: Json) => ({ port: port.port, protocol: port.protocol }));
  const spec = object.kind === 'Pod' ? object.spec : object.spec?.template?.spec;
  return (spec?.containers ?? []).flatMap((container: Json) =>
    (container.ports ?? []).map((port: Json) => ({ port: port.containerPort, protocol: port.protocol ?? 'TCP' })),
  );
}
