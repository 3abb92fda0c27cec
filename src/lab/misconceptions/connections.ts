import type { Trace } from '../../cluster/linux/trace';
import { isOutside, nodeAddresses, portsOf, readyEndpoints, targetOf, type Target } from './evidence';
import type { MisconceptionId } from './list';
import type { Detector, Evidence } from './types';

export type Found = Target & { trace: Trace };

/** The connections that were opened to a Service. */
export const toServices = ({ traces, after }: Evidence): Found[] =>
  traces.flatMap((trace) => {
    const target = targetOf(trace, after);
    return target ? [{ ...target, trace }] : [];
  });

const failed = ({ outcome }: Trace): boolean => ['refused', 'timeout', 'unreachable', 'EPERM'].includes(outcome);

const clusterIPPing: Detector = ({ traces, after }) => {
  const isClusterIP = (address: string) => after.services.some(({ spec }) => spec?.clusterIP === address);
  const ping = traces.find(
    (trace) => trace.protocol === 'ICMP' && isClusterIP(trace.destination) && trace.outcome !== 'answered',
  );
  return (
    ping && {
      ko: `클러스터 IP는 ping에 답하지 않는다: ${ping.destination}. 규칙은 서비스의 포트로 온 패킷만 고른다. 서비스의 포트로 요청을 보내 확인한다.`,
      en: `A cluster IP does not answer ping: ${ping.destination}. The rules take only packets to the Service’s ports. Send a request to one of them instead.`,
    }
  );
};

const clusterIPFromLaptop: Detector = ({ traces, after }) => {
  const lost = traces.find(
    (trace) => isOutside(trace.from) && failed(trace) && after.services.some(({ spec }) => spec?.clusterIP === trace.destination),
  );
  return (
    lost && {
      ko: `클러스터 IP는 클러스터 밖에서 통하지 않는다: ${lost.destination}. 노드나 파드에서 부르거나, 노드 포트나 로드 밸런서를 쓴다.`,
      en: `A cluster IP cannot be reached from outside the cluster: ${lost.destination}. Call it from a node or a pod, or use a node port or a load balancer.`,
    }
  );
};

/** A pod calls a Service that sends it back to itself. */
const callingOneself: Detector = (evidence) => {
  for (const { trace } of toServices(evidence)) {
    const own = trace.hops[0]?.before.source;
    if (!trace.from.startsWith('pod:') || own === undefined) continue;
    if (failed(trace) && trace.hops.some(({ after }) => after.destination === own && after.source === own))
      return {
        ko: `서비스로 보낸 패킷이 보낸 파드로 돌아왔는데 출발지가 바뀌지 않았다. 커널은 자기 주소가 출발지인 패킷을 버린다: ${own}.`,
        en: `The Service sent the pod to itself, but the source was not changed: the pod’s kernel dropped a packet from its own address, ${own}.`,
      };
    const isSeen = trace.backendHost === trace.from && trace.sourceSeen !== undefined && trace.sourceSeen !== own;
    if (isSeen && /clientip/i.test(evidence.command))
      return {
        ko: `파드가 서비스를 거쳐 자기 자신을 불렀다. 노드가 출발지를 바꾸어서 답이 왔다. 파드의 주소: ${own}, 바뀐 출발지: ${trace.sourceSeen}.`,
        en: `The pod called itself through the Service. That works because the node changed the source. The pod’s address: ${own}; the source it saw: ${trace.sourceSeen}.`,
      };
  }
  return undefined;
};

/** Somebody looks up the node of a pod in order to call the node port there. */
const nodePortOnPodsNode: Detector = (evidence) => {
  if (!/\.status\.hostIPs?\b|\.spec\.nodeName\b/.test(evidence.command)) return undefined;
  const found = toServices(evidence).find(
    ({ through, service, trace }) =>
      through === 'nodePort' && trace.outcome === 'answered' && service.spec?.externalTrafficPolicy !== 'Local',
  );
  return (
    found && {
      ko: `파드가 있는 노드를 찾을 필요는 없다. 어느 노드로 불러도 파드가 있는 노드로 넘겨준다. 노드의 주소: ${nodeAddresses(evidence.after).join(', ')}.`,
      en: `There is no need to look for the pod’s node: every node passes the connection on to a pod. The nodes: ${nodeAddresses(evidence.after).join(', ')}.`,
    }
  );
};

const noEndpoints: Detector = (evidence) => {
  const found = toServices(evidence).find(
    ({ trace, service }) => trace.outcome === 'refused' && readyEndpoints(service, evidence.after).length === 0,
  );
  return (
    found && {
      ko: `준비된 엔드포인트가 없는 서비스라서 곧바로 거절되었다. 서비스: ${found.service.metadata.name}. 셀렉터와 파드의 상태를 확인한다.`,
      en: `The connection was refused at once because the Service has no ready endpoints. Service: ${found.service.metadata.name}. Look at its selector and at the pods.`,
    }
  );
};

/** A port of one place that was called at another. */
const portsMixedUp: Detector = (evidence) => {
  const { traces, after } = evidence;
  const nodes = nodeAddresses(after);
  for (const trace of traces.filter(failed)) {
    const { destination, destinationPort: number } = trace;
    if (targetOf(trace, after)) continue;
    for (const service of after.services) {
      const name = service.metadata.name;
      const ports = portsOf(service);
      const isClusterIP = destination === service.spec?.clusterIP;
      const isNode = nodes.includes(destination) && ports.some(({ nodePort }) => nodePort);
      if (isClusterIP || isNode) {
        const mixed = ports.find(({ port, nodePort, targetPort }) => [port, nodePort, targetPort].includes(number));
        if (!mixed) continue;
        const is = number === mixed.port ? 'port' : number === mixed.nodePort ? 'nodePort' : 'targetPort';
        const right = isClusterIP ? `port ${mixed.port}` : `nodePort ${mixed.nodePort}`;
        return {
          ko: `서비스 ${name}에서 ${number}: ${is}. ${isClusterIP ? '클러스터 IP' : '노드의 주소'}에는 다른 번호를 쓴다: ${right}.`,
          en: `In Service ${name}, ${number} is the ${is}. ${isClusterIP ? 'The cluster IP' : 'A node’s address'} goes with another one: ${right}.`,
        };
      }
      const endpoints = readyEndpoints(service, after).flatMap(({ addresses }) => addresses);
      const mixed = ports.find(({ port, nodePort, targetPort }) => number !== targetPort && [port, nodePort].includes(number));
      if (endpoints.includes(destination) && mixed && service.spec?.clusterIP !== 'None')
        return {
          ko: `서비스 ${name}의 ${number}번은 파드의 포트가 아니다. 파드는 targetPort에서 듣는다: ${mixed.targetPort}.`,
          en: `${number} of Service ${name} is no port of its pods. They listen on the targetPort: ${mixed.targetPort}.`,
        };
    }
  }
  return undefined;
};

const headlessPorts: Detector = ({ traces, after }) => {
  for (const service of after.services.filter(({ spec }) => spec?.clusterIP === 'None')) {
    const endpoints = readyEndpoints(service, after).flatMap(({ addresses }) => addresses);
    const wrong = traces.find(
      (trace) =>
        failed(trace) &&
        endpoints.includes(trace.destination) &&
        portsOf(service).some(({ port, targetPort }) => port === trace.destinationPort && targetPort !== port),
    );
    const port = wrong && portsOf(service).find((each) => each.port === wrong.destinationPort);
    if (port)
      return {
        ko: `헤드리스 서비스는 포트를 바꾸지 않는다. DNS가 준 파드의 주소에 그대로 연결했다. 파드가 듣는 포트: ${port.targetPort}.`,
        en: `A headless Service does not translate ports. The connection went straight to the pod’s address that DNS gave. The pod listens on ${port.targetPort}.`,
      };
  }
  return undefined;
};

const localhost: Detector = ({ traces, after }) => {
  const wrong = traces.find(
    (trace) =>
      isOutside(trace.from) &&
      failed(trace) &&
      trace.destination.startsWith('127.') &&
      after.services.some((service) => portsOf(service).some(({ nodePort }) => nodePort === trace.destinationPort)),
  );
  return (
    wrong && {
      ko: `nodePort는 노드의 주소에 있다. 노트북의 localhost에는 이 포트가 없다: ${wrong.destinationPort}.`,
      en: `A nodePort belongs to the nodes’ addresses. The laptop’s localhost has no such port: ${wrong.destinationPort}.`,
    }
  );
};

const clientAddress: Detector = (evidence) => {
  if (!/clientip/i.test(evidence.command)) return undefined;
  const found = toServices(evidence).find(({ trace }) => {
    const source = trace.hops[0]?.before.source;
    return trace.sourceSeen !== undefined && source !== undefined && trace.sourceSeen !== source;
  });
  if (!found) return undefined;
  const { sourceSeen, hops } = found.trace;
  return {
    ko: `파드가 본 주소는 부른 쪽의 주소가 아니다. 부른 쪽: ${hops[0]?.before.source}, 파드가 본 주소: ${sourceSeen}. 도중에 출발지가 바뀌었다(SNAT).`,
    en: `The pod did not see the caller’s address. Caller: ${hops[0]?.before.source}; seen: ${sourceSeen}. The source was changed on the way (SNAT).`,
  };
};

const nodeWith = ({ after }: Evidence, address: string): string | undefined =>
  after.nodes.find((node) => ((node.status?.addresses ?? []) as { address: string }[]).some((each) => each.address === address))
    ?.metadata.name;

/** A connection to a node port under Local on a node that has no pod of the Service. */
const toEmptyNode = (evidence: Evidence): Found | undefined =>
  toServices(evidence).find(({ trace, service, through }) => {
    if (through !== 'nodePort' || service.spec?.externalTrafficPolicy !== 'Local') return false;
    const endpoints = readyEndpoints(service, evidence.after);
    const node = nodeWith(evidence, trace.destination);
    return endpoints.length > 0 && !endpoints.some(({ nodeName }) => nodeName === node);
  });

const localIsFree: Detector = (evidence) => {
  const found = toEmptyNode(evidence);
  if (!found || !isOutside(found.trace.from) || !failed(found.trace)) return undefined;
  return {
    ko: `externalTrafficPolicy가 Local이라서, 파드가 없는 노드가 밖에서 온 패킷을 버렸다. 노드: ${nodeWith(evidence, found.trace.destination)}.`,
    en: `Because externalTrafficPolicy is Local, a node without a pod dropped what came from outside. Node: ${nodeWith(evidence, found.trace.destination)}.`,
  };
};

const localFromPods: Detector = (evidence) => {
  const found = toEmptyNode(evidence);
  if (!found || isOutside(found.trace.from)) return undefined;
  const node = nodeWith(evidence, found.trace.destination);
  return failed(found.trace)
    ? {
        ko: `Local 서비스의 파드가 없는 노드를 클러스터 안에서 불렀고 답이 없었다. 노드: ${node}. 안에서는 클러스터 IP로 부른다.`,
        en: `A node without a pod of a Local Service was called from inside the cluster, and there was no answer. Node: ${node}. Inside, call the cluster IP.`,
      }
    : {
        ko: `파드가 없는 노드인데도 답이 왔다. 클러스터 안에서 온 패킷에는 Local의 제한이 적용되지 않기 때문이다. 밖에서는 같은 노드가 버린다. 노드: ${node}.`,
        en: `The node has no pod and there was an answer all the same: the limits of Local are not for packets from inside the cluster. From outside this node drops them. Node: ${node}.`,
      };
};

/** Fewer connections than these say nothing about an order. */
const enough = 4;

/** Requests from the same socket share a connection. */
export const socketOf = ({ from, hops }: Trace): string => `${from} ${hops[0]?.before.sourcePort}`;

const roundRobin: Detector = (evidence) => {
  const sockets = new Set<string>();
  const found = toServices(evidence).filter(({ trace }) => {
    const again = sockets.has(socketOf(trace));
    sockets.add(socketOf(trace));
    return trace.outcome === 'answered' && !again;
  });
  const [first] = found;
  if (!first || first.service.spec?.sessionAffinity === 'ClientIP') return undefined;
  const backends = found.filter(({ service }) => service === first.service).map(({ trace }) => trace.backend ?? '');
  const pods = readyEndpoints(first.service, evidence.after).length;
  if (backends.length < enough || pods < 2 || new Set(backends).size < 2) return undefined;
  // Taken in turn, no pod comes again before every other one.
  if (backends.every((backend, index) => !backends.slice(Math.max(0, index - pods + 1), index).includes(backend)))
    return undefined;
  const counts = [...new Set(backends)].map((backend) => `${backend} ${backends.filter((each) => each === backend).length}`);
  return {
    ko: `파드는 차례로가 아니라 연결마다 무작위로 고른다. 연결 수: ${counts.join(', ')}.`,
    en: `Pods are not taken in turn: one is picked at random for each connection. Connections: ${counts.join(', ')}.`,
  };
};

const requestsBalanced: Detector = (evidence) => {
  const sockets = new Map<string, number>();
  for (const found of toServices(evidence)) {
    const { trace, service } = found;
    if (trace.protocol !== 'TCP' || trace.outcome !== 'answered') continue;
    if (readyEndpoints(service, evidence.after).length < 2) continue;
    const socket = socketOf(trace);
    const requests = (sockets.get(socket) ?? 0) + 1;
    sockets.set(socket, requests);
    if (requests < 2) continue;
    return {
      ko: `요청은 여럿이었지만 연결을 이어 썼다. 파드는 연결마다 고르므로 한 파드가 모두 답했다: ${trace.backend}.`,
      en: `There were several requests on one connection. A pod is picked for each connection, so one pod answered them all: ${trace.backend}.`,
    };
  }
  return undefined;
};

/** A request met a pod that was just deleted. */
const deletedAtOnce: Detector = ({ traces, before, after }) => {
  const going = before.pods.filter(({ metadata }) => {
    const now = after.pods.find((pod) => pod.metadata.uid === metadata.uid);
    return !now || now.metadata.deletionTimestamp !== undefined;
  });
  for (const trace of traces) {
    const pod = going.find(
      ({ metadata, status }) =>
        trace.backendHost === `pod:${metadata.namespace}/${metadata.name}` ||
        (failed(trace) && trace.hops.some(({ after: packet }) => packet.destination === status?.podIP)),
    );
    if (!pod || trace.destination === pod.status?.podIP) continue;
    return failed(trace)
      ? {
          ko: `지운 파드로 간 요청이 실패했다: ${pod.metadata.name}. 파드가 끝나는 일과 규칙에서 빠지는 일은 함께 일어나지 않는다.`,
          en: `A request went to a deleted pod and failed: ${pod.metadata.name}. A pod’s end and its leaving the rules do not happen together.`,
        }
      : {
          ko: `종료 중인 파드가 아직 요청에 답했다: ${pod.metadata.name}. 지운다고 트래픽이 곧바로 끊기지는 않는다.`,
          en: `A pod that is ending still answered: ${pod.metadata.name}. Deleting a pod does not stop its traffic at once.`,
        };
  }
  return undefined;
};

/** Mistakes that show in the connections that were opened. */
export const inConnections: Partial<Record<MisconceptionId, Detector>> = {
  'cluster-ip-ping': clusterIPPing,
  'cluster-ip-from-laptop': clusterIPFromLaptop,
  'calling-oneself': callingOneself,
  'node-port-on-pods-node': nodePortOnPodsNode,
  'headless-maps-ports': headlessPorts,
  'deleted-at-once': deletedAtOnce,
  'no-endpoints-hangs': noEndpoints,
  'node-port-on-localhost': localhost,
  'local-is-free': localIsFree,
  'local-from-pods': localFromPods,
  'ports-are-one': portsMixedUp,
  'client-address': clientAddress,
  'requests-balanced': requestsBalanced,
  'round-robin': roundRobin,
};
