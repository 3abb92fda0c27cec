import { translate } from '@docusaurus/Translate';
import type { Link } from '../LabProvider/context';
import type { RuleKind } from './kinds';
import { targetPortOf, type Owner } from './owner';

/** A field of the Service that a rule comes from. */
export interface Field {
  /** `spec.ports[0].nodePort: 30088` */
  readonly text: string;
  /** The field's own name, as a manifest writes it. */
  readonly key: string;
  readonly link?: Link;
}

const listed = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value));

/** The fields of the Service that made a rule of this kind, the telling one first. */
export function fieldsOf(kind: RuleKind, owner: Owner | undefined): Field[] {
  if (!owner) return [];
  const { spec = {}, status } = owner.service;
  const port = (key: 'port' | 'nodePort' | 'targetPort', value: string): Field => ({
    text: `spec.ports[${owner.index}].${key}: ${value}`,
    key,
    link: { part: key, value },
  });
  const own = (key: string, value: unknown, link?: Link): Field => ({
    text: `spec.${key}: ${listed(value)}`,
    key,
    ...(link && { link }),
  });
  const servicePort = port('port', String(owner.port.port));
  const targetPort = port('targetPort', targetPortOf(owner.port));
  const selector = own('selector', Object.entries(spec.selector ?? {}).map(([key, value]) => `${key}=${value}`)); // prettier-ignore
  const clusterIP = own('clusterIP', spec.clusterIP, { part: 'clusterIP', value: String(spec.clusterIP) });
  const external = own('externalTrafficPolicy', spec.externalTrafficPolicy ?? 'Cluster');
  const affinity = own('sessionAffinity', spec.sessionAffinity ?? 'None');
  const ranges = own('loadBalancerSourceRanges', spec.loadBalancerSourceRanges ?? []);
  const ingress: { ip?: string }[] = status?.loadBalancer?.ingress ?? [];
  const balancer: Field = {
    text: `status.loadBalancer.ingress: ${ingress.map(({ ip }) => ip ?? '').join(', ')}`,
    key: 'loadBalancer',
    ...(ingress[0]?.ip && { link: { part: 'externalIP', value: ingress[0].ip } }),
  };
  switch (kind) {
    case 'clusterIP':
      return spec.internalTrafficPolicy === 'Local'
        ? [clusterIP, servicePort, own('internalTrafficPolicy', 'Local')]
        : [clusterIP, servicePort];
    case 'masqueradeClusterIP':
      return [clusterIP];
    case 'externalIP':
      return [spec.externalIPs?.length ? own('externalIPs', spec.externalIPs) : balancer, servicePort];
    case 'loadBalancerIP':
      return [balancer, servicePort];
    case 'nodePort':
    case 'loopback':
      return owner.port.nodePort ? [port('nodePort', String(owner.port.nodePort))] : [];
    case 'healthCheck':
      return [own('healthCheckNodePort', spec.healthCheckNodePort), external];
    case 'masqueradeOutside':
    case 'toCluster':
    case 'toLocal':
    case 'localPods':
    case 'localMasquerade':
    case 'localRoute':
      return [external];
    case 'noLocalEndpoints':
      return spec.internalTrafficPolicy === 'Local' ? [own('internalTrafficPolicy', 'Local'), external] : [external];
    case 'noEndpoints':
    case 'spread':
      return [selector];
    case 'spreadDnat':
      return [targetPort, selector];
    case 'dnat':
    case 'hairpin':
      return [targetPort];
    case 'dnatSticky':
      return [targetPort, affinity];
    case 'sticky':
    case 'remember':
      return [affinity];
    case 'sourceRange':
    case 'sourceRangeRest':
    case 'sourceRangeDrop':
      return [ranges];
    default:
      return [];
  }
}

/** Why rules of this kind are there, in one sentence. */
export function whySentence(kind: RuleKind | undefined): string {
  switch (kind) {
    case 'portals':
      return translate({
        id: 'widget.rules.why.portals',
        message: '이 노드에 들어오거나 여기서 나가는 모든 새 연결을 서비스의 규칙으로 보낸다. 서비스 하나하나와는 상관이 없다.',
      });
    case 'postrouting':
      return translate({
        id: 'widget.rules.why.postrouting',
        message: '나가기 직전의 패킷을 보내, 표시(mark)가 있으면 출발지를 바꾸게 한다.',
      });
    case 'cni':
      return translate({
        id: 'widget.rules.why.cni',
        message: 'kube-proxy가 아니라 CNI가 쓴 규칙이다. 파드가 클러스터 밖으로 보내는 패킷의 출발지를 노드의 주소로 바꾼다.',
      });
    case 'filterEntry':
      return translate({
        id: 'widget.rules.why.filterEntry',
        message: '새 연결을 막아야 하는지 살피는 체인으로 보낸다. 목적지를 바꾸는 일은 여기가 아니라 nat에서 한다.',
      });
    case 'clusterIP':
      return translate({
        id: 'widget.rules.why.clusterIP',
        message: '클러스터 IP와 port로 온 패킷을 이 서비스 포트의 체인으로 보낸다. 클러스터 IP는 이런 규칙에만 있다.',
      });
    case 'externalIP':
      return translate({
        id: 'widget.rules.why.externalIP',
        message: '서비스의 바깥 주소와 port로 노드에 온 패킷을 이 서비스 포트의 체인으로 보낸다.',
      });
    case 'loadBalancerIP':
      return translate({
        id: 'widget.rules.why.loadBalancerIP',
        message: '로드 밸런서의 주소를 목적지로 달고 노드에 온 패킷을 이 서비스가 받는다. 파드가 그 주소를 불러도 여기에 걸린다.',
      });
    case 'lookup':
      return translate({
        id: 'widget.rules.why.lookup',
        message: '목적지 주소, 프로토콜, 포트를 맵에서 한 번에 찾는다. 서비스가 늘어도 이 규칙은 하나이고 맵의 줄만 는다.',
      });
    case 'clusterIPs':
      return translate({
        id: 'widget.rules.why.clusterIPs',
        message: '지금 쓰이는 클러스터 IP의 목록이다. 서비스를 만들면 하나가 는다.',
      });
    case 'nodePortGate':
      return translate({
        id: 'widget.rules.why.nodePortGate',
        message: '앞의 어느 서비스 주소도 아니고 이 노드의 주소로 온 패킷만 노드 포트의 규칙을 본다. 그래서 맨 끝에 있다.',
      });
    case 'nodeAddress':
      return translate({
        id: 'widget.rules.why.nodeAddress',
        message: '노드 포트를 받는 이 노드의 주소다.',
      });
    case 'nodePort':
      return translate({
        id: 'widget.rules.why.nodePort',
        message:
          '이 노드의 nodePort로 온 패킷을 서비스 포트의 체인으로 보낸다. 모든 노드에 같은 규칙이 있고, port는 나오지 않는다.',
      });
    case 'loopback':
      return translate({
        id: 'widget.rules.why.loopback',
        message: '노드에서 127.0.0.1의 nodePort를 부른 연결도 받고, 몇 번인지 센다.',
      });
    case 'healthCheck':
      return translate({
        id: 'widget.rules.why.healthCheck',
        message: '로드 밸런서가 이 노드에 파드가 있는지 물어보는 포트를 열어 둔다.',
      });
    case 'masqueradeOutside':
      return translate({
        id: 'widget.rules.why.masqueradeOutside',
        message:
          'externalTrafficPolicy가 Cluster라서 다른 노드의 파드로 갈 수 있다. 답이 이 노드를 거쳐 돌아오도록 출발지를 바꿀 표시를 단다.',
      });
    case 'toCluster':
      return translate({
        id: 'widget.rules.why.toCluster',
        message: 'externalTrafficPolicy가 Cluster라서, 밖에서 온 연결도 어느 노드의 파드로든 나눈다.',
      });
    case 'toLocal':
      return translate({
        id: 'widget.rules.why.toLocal',
        message: 'externalTrafficPolicy가 Local이라서, 밖에서 온 연결은 이 노드의 파드로만 보내고 출발지를 바꾸지 않는다.',
      });
    case 'localPods':
      return translate({
        id: 'widget.rules.why.localPods',
        message: 'Local이어도 파드가 부른 것은 클러스터 안의 일이므로, 어느 노드의 파드로든 나눈다.',
      });
    case 'localMasquerade':
      return translate({
        id: 'widget.rules.why.localMasquerade',
        message: 'Local이어도 이 노드가 스스로 부른 것은 다른 노드로 갈 수 있으므로, 출발지를 바꿀 표시를 단다.',
      });
    case 'localRoute':
      return translate({
        id: 'widget.rules.why.localRoute',
        message: 'Local이어도 이 노드가 스스로 부른 것은 어느 노드의 파드로든 나눈다.',
      });
    case 'masqueradeClusterIP':
      return translate({
        id: 'widget.rules.why.masqueradeClusterIP',
        message: '파드가 아닌 곳에서 클러스터 IP를 부르면, 답이 이 노드를 거쳐 돌아오도록 출발지를 바꿀 표시를 단다.',
      });
    case 'sticky':
      return translate({
        id: 'widget.rules.why.sticky',
        message: 'sessionAffinity가 ClientIP라서, 얼마 전에 이 파드로 간 클라이언트를 같은 파드로 보낸다. 새로 나누기 전에 본다.',
      });
    case 'remember':
      return translate({
        id: 'widget.rules.why.remember',
        message: 'sessionAffinity가 ClientIP라서, 이 클라이언트가 이 파드로 갔다고 적어 둔다.',
      });
    case 'spread':
      return translate({
        id: 'widget.rules.why.spread',
        message:
          'selector가 고른 준비된 파드마다 규칙이 하나씩이다. 확률은 앞에서 빠진 몫을 빼고 모두 같게 정해지고, 마지막은 나머지다.',
      });
    case 'spreadDnat':
      return translate({
        id: 'widget.rules.why.spreadDnat',
        message: 'selector가 고른 준비된 파드 가운데 하나를 무작위로 골라, 목적지를 곧바로 그 파드의 targetPort로 바꾼다.',
      });
    case 'dnat':
      return translate({
        id: 'widget.rules.why.dnat',
        message: '목적지를 파드의 주소와 targetPort로 바꾼다(DNAT). 노드 포트로 왔든 클러스터 IP로 왔든 여기서 한 번뿐이다.',
      });
    case 'dnatSticky':
      return translate({
        id: 'widget.rules.why.dnatSticky',
        message: '이 클라이언트가 이 파드로 갔다고 적어 두고(sessionAffinity), 목적지를 파드의 targetPort로 바꾼다(DNAT).',
      });
    case 'hairpin':
      return translate({
        id: 'widget.rules.why.hairpin',
        message:
          '파드가 서비스를 거쳐 자기 자신에게 닿는 경우다. 출발지를 바꾸지 않으면, 밖에서 온 패킷인데도 출발지가 파드 자신의 주소라서 커널이 버린다.',
      });
    case 'sourceRange':
      return translate({
        id: 'widget.rules.why.sourceRange',
        message: 'loadBalancerSourceRanges에 적힌 곳에서 온 연결만 들여보낸다.',
      });
    case 'sourceRangeRest':
      return translate({
        id: 'widget.rules.why.sourceRangeRest',
        message: '적힌 범위에 들지 않은 연결은 여기서 목적지가 바뀌지 않은 채 남고, 나중에 KUBE-PROXY-FIREWALL이 버린다.',
      });
    case 'sourceRangeDrop':
      return translate({
        id: 'widget.rules.why.sourceRangeDrop',
        message: 'loadBalancerSourceRanges에 들지 않은 곳에서 로드 밸런서의 주소로 온 연결을 버린다.',
      });
    case 'noEndpoints':
      return translate({
        id: 'widget.rules.why.noEndpoints',
        message: 'selector가 고른 준비된 파드가 하나도 없다. 기다리게 하지 않고 바로 거절한다(REFUSED).',
      });
    case 'noLocalEndpoints':
      return translate({
        id: 'widget.rules.why.noLocalEndpoints',
        message: '정책이 Local인데 이 노드에는 준비된 파드가 없다. 다른 노드로 넘기지 않고 버린다(DROPPED).',
      });
    case 'noEndpointsLookup':
      return translate({
        id: 'widget.rules.why.noEndpointsLookup',
        message: '파드가 없는 서비스 포트인지 맵에서 찾는다. 있으면 거절하거나 버린다.',
      });
    case 'reject':
      return translate({
        id: 'widget.rules.why.reject',
        message: '파드가 없는 서비스로 온 연결을 거절한다. 앞의 맵에서 온다.',
      });
    case 'unallocated':
      return translate({
        id: 'widget.rules.why.unallocated',
        message:
          '서비스 주소의 범위에 들지만 아무 서비스 포트도 아닌 목적지다. 있는 서비스의 다른 포트는 거절하고, 없는 주소는 버린다.',
      });
    case 'mark':
      return translate({
        id: 'widget.rules.why.mark',
        message: '패킷에 0x4000 표시를 단다. 헤더는 그대로이고, 나갈 때 KUBE-POSTROUTING이 이 표시를 보고 출발지를 바꾼다.',
      });
    case 'unmarked':
      return translate({
        id: 'widget.rules.why.unmarked',
        message: '표시가 없는 패킷은 출발지를 그대로 두고 보낸다.',
      });
    case 'unmark':
      return translate({
        id: 'widget.rules.why.unmark',
        message: '표시는 제 일을 다 했으므로 지운다.',
      });
    case 'masquerade':
      return translate({
        id: 'widget.rules.why.masquerade',
        message: '표시가 있는 패킷의 출발지를 이 노드의 주소로 바꾼다(SNAT). 답이 이 노드로 돌아와야 목적지를 되돌릴 수 있다.',
      });
    case 'forwardMarked':
      return translate({
        id: 'widget.rules.why.forwardMarked',
        message: '서비스를 거쳐 다른 곳으로 넘어가는 패킷을 허용한다. 전달을 막아 둔 노드에서도 서비스는 통한다.',
      });
    case 'forwardKnown':
      return translate({
        id: 'widget.rules.why.forwardKnown',
        message: 'conntrack이 이미 아는 연결의 패킷과 그 답을 허용한다.',
      });
    case 'forwardInvalid':
      return translate({
        id: 'widget.rules.why.forwardInvalid',
        message: 'conntrack이 어느 연결인지 모르는 패킷을 버린다. 넘겨주면 상대가 연결을 끊어 버릴 수 있다.',
      });
    case 'localnet':
      return translate({
        id: 'widget.rules.why.localnet',
        message: 'Kubelet이 쓴 규칙이다. 밖에서 127.0.0.0/8로 온 패킷을 버린다.',
      });
    default:
      return translate({
        id: 'widget.rules.why.other',
        message: '쿠버네티스가 쓴 규칙이 아니다. 누군가 이 노드에서 직접 더했다.',
      });
  }
}
