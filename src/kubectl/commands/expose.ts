import type { Json } from '../../cluster/apimachinery/object';
import type { Command, Invocation } from '../command';
import { dryRunFlag, fieldManagerFlag, filenameFlags, outputFlags, saveConfigFlag } from '../commonflags';
import { pathOf } from '../discovery';
import { KubectlError, StatusError, throwGathered } from '../errors';
import { flag, type FlagValues } from '../flags';
import { overriddenQuery, overrideFlags, withOverrides } from '../overrides';
import { recordFlag, withCause } from '../record';
import { buildTargets, visitTargets, type Target } from '../resourcebuilder';
import { inTypedOrder } from '../typedorder';
import type { Suspend } from '../types';
import { dryRunOf, parsePairs, Reporter, withTypedLastApplied, writeQuery } from '../writing';

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
    ...overrideFlags,
    flag('port', 'string', 'Port of the service.'),
    flag('protocol', 'string', 'TCP, UDP or SCTP.'),
    recordFlag,
    flag('selector', 'string', 'Label selector of the service.'),
    flag('session-affinity', 'string', 'None or ClientIP.'),
    flag('target-port', 'string', 'Port of the container, by number or name.'),
    flag('type', 'string', 'ClusterIP, NodePort, LoadBalancer or ExternalName.'),
  ],
  *run(invocation): Generator<Suspend, void, void> {
    const { session, flags, args } = invocation;
    const dryRun = dryRunOf(invocation);
    const reporter = new Reporter(invocation, dryRun, true);
    const built = buildTargets(session, { flags, args, namedOnly: true });
    const services = session.discovery.find('services');
    const given = givenBy(flags);
    for (const target of visitTargets(session, built, flags, { latest: false })) {
      try {
        const service = withCause(invocation, withOverrides(flags, serviceFor(invocation, target, given)));
        if (dryRun === 'client') {
          if (session.namespaceEnforced) service.metadata = inTypedOrder({ ...service.metadata, namespace: session.namespace });
          reporter.report(service, 'exposed');
          continue;
        }
        const object = flags.boolean('save-config') ? withTypedLastApplied(service) : service;
        const query = { ...writeQuery(invocation, dryRun), ...overriddenQuery(flags) };
        reporter.report(session.post(pathOf(services, session.namespace), object, query), 'exposed');
      } catch (error) {
        if (!(error instanceof StatusError || error instanceof KubectlError)) throw error;
        built.errors.push(error);
      }
    }
    throwGathered(built.errors);
  },
};

/** What flags say about the service. What they leave open the first object decides, for all others too. */
interface Given {
  selector: string;
  labels: string;
  ports: string;
}

const givenBy = (flags: FlagValues): Given => ({
  selector: flags.string('selector'),
  labels: flags.string('labels'),
  ports: flags.string('port'),
});

const pairsText = (pairs: Record<string, string>) =>
  Object.entries(pairs)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');

function serviceFor({ flags }: Invocation, target: Target, given: Given): Json {
  const object: Json = target.object;
  const { kind, group } = target.mapping;
  if (!EXPOSABLE.includes(`${kind}.${group}`)) throw new KubectlError(`cannot expose a ${kind}${group && `.${group}`}`);
  given.selector ||= pairsText(selectorOf(object));
  const clusterIP = flags.string('cluster-ip');
  if (given.ports === '') {
    const ports = [...new Set(portsOf(object).map(({ port }) => port))];
    if (ports.length === 0 && clusterIP !== 'None') throw new KubectlError("couldn't find port via --port flag or introspection");
    given.ports = ports.join(',');
  }
  given.labels ||= pairsText(object.metadata.labels ?? {});
  if (given.selector === '') throw new KubectlError('selector must be specified');
  const selector = parsePairs(given.selector);
  const labels = given.labels === '' ? undefined : parsePairs(given.labels);
  const ports = portsFor(flags, given.ports, object);
  const [type, affinity, externalIP, balancerIP] = [
    flags.string('type'),
    flags.string('session-affinity'),
    flags.string('external-ip'),
    flags.string('load-balancer-ip'),
  ];
  if (!['', 'None', 'ClientIP'].includes(affinity)) throw new KubectlError(`unknown session affinity: ${affinity}`);
  return {
    kind: 'Service',
    apiVersion: 'v1',
    metadata: { name: flags.string('name') || object.metadata.name.slice(0, 63), ...(labels && { labels }) },
    spec: {
      ...(ports.length > 0 && { ports }),
      selector,
      ...(clusterIP && { clusterIP }),
      ...(type && { type }),
      ...(externalIP && { externalIPs: [externalIP] }),
      ...(affinity && { sessionAffinity: affinity }),
      ...(balancerIP && type === 'LoadBalancer' && { loadBalancerIP: balancerIP }),
    },
    status: { loadBalancer: {} },
  };
}

const EXPOSABLE = ['ReplicationController.', 'Service.', 'Pod.', 'Deployment.apps', 'ReplicaSet.apps'];

function selectorOf(object: Json): Record<string, string> {
  const missing = (reason: string) =>
    new KubectlError(`couldn't retrieve selectors via --selector flag or introspection: ${reason}`);
  const selector: Json = object.spec?.selector;
  switch (object.kind) {
    case 'Deployment':
    case 'ReplicaSet':
      if (Object.keys(selector?.matchLabels ?? {}).length === 0)
        throw missing(`invalid ${object.kind.toLowerCase()}: no selectors, therefore cannot be exposed`);
      if (selector.matchExpressions?.length)
        throw missing(
          `couldn't convert expressions - "${goExpressions(selector.matchExpressions)}" to map-based selector format`,
        );
      return selector.matchLabels;
    case 'Service':
      if (!selector) throw missing('the service has no pod selector set');
      return selector;
    case 'Pod':
      if (Object.keys(object.metadata.labels ?? {}).length === 0) throw missing('the pod has no labels and cannot be exposed');
      return object.metadata.labels;
    default:
      return selector ?? {};
  }
}

/** Expressions as Go's %+v prints them. */
function goExpressions(expressions: Json[]): string {
  const texts = expressions.map(
    ({ key, operator, values = [] }) => `{Key:${key} Operator:${operator} Values:[${values.join(' ')}]}`,
  );
  return `[${texts.join(' ')}]`;
}

function portsFor(flags: FlagValues, text: string, object: Json): Json[] {
  const numbers = text === '' ? [] : text.split(',');
  const target = flags.string('target-port');
  return numbers.flatMap((number, index) => {
    if (!/^[-+]?\d+$/.test(number)) throw new KubectlError(`strconv.Atoi: parsing ${JSON.stringify(number)}: invalid syntax`);
    const port = Number(number);
    const targetPort = target === '' ? port : /^[-+]?\d+$/.test(target) ? Number(target) : target;
    const own = portsOf(object).filter((other) => other.port === port);
    const protocols = flags.string('protocol') ? [flags.string('protocol')] : own.map(({ protocol }) => protocol);
    if (protocols.length > 1)
      return protocols.map((protocol) => ({
        name: `port-${index + 1}-${protocol.toLowerCase()}`,
        protocol,
        port,
        targetPort,
      }));
    return [{ ...(numbers.length > 1 && { name: `port-${index + 1}` }), protocol: protocols[0] ?? 'TCP', port, targetPort }];
  });
}

/** The ports an object has to offer. */
function portsOf(object: Json): { port: number; protocol: string }[] {
  if (object.kind === 'Service')
    return (object.spec.ports ?? []).map((port: Json) => ({ port: port.port, protocol: port.protocol ?? 'TCP' }));
  const spec = object.kind === 'Pod' ? object.spec : object.spec?.template?.spec;
  return (spec?.containers ?? []).flatMap((container: Json) =>
    (container.ports ?? []).map((port: Json) => ({ port: port.containerPort, protocol: port.protocol ?? 'TCP' })),
  );
}
