import { translate } from '@docusaurus/Translate';
import type { Hop, Packet } from '../../cluster/linux/trace';
import { kindOf } from '../Rules/kinds';
import { whySentence } from '../Rules/why';
import { lossSentence } from './words';

function sameAddresses(before: Packet, after: Packet): boolean {
  return (
    before.source === after.source &&
    before.sourcePort === after.sourcePort &&
    before.destination === after.destination &&
    before.destinationPort === after.destinationPort
  );
}

/** The hops of the same packet on the same host before that one, the nearest first. */
function visitBefore(hops: readonly Hop[], index: number): Hop[] {
  const { host, direction, leg } = hops[index]!;
  const visit: Hop[] = [];
  for (let at = index - 1; at >= 0; at--) {
    const hop = hops[at]!;
    if (hop.host !== host || hop.direction !== direction || hop.leg !== leg || hop.stage === 'transmit') break;
    visit.push(hop);
  }
  return visit;
}

function sendReason({ direction, after, leg, host }: Hop): string {
  if (after.payload.startsWith('icmp-'))
    return translate({
      id: 'widget.reason.sendIcmp',
      message: '패킷을 전할 수 없어서 ICMP로 알린다. 그 패킷의 헤더를 인용하므로, 길목의 conntrack도 어느 연결의 일인지 안다.',
    });
  if (after.payload === 'RST')
    return translate({
      id: 'widget.reason.sendReset',
      message: '커널이 RST로 거절한다. 클라이언트는 기다리지 않고 바로 안다.',
    });
  if (direction === 'reply')
    return translate({
      id: 'widget.reason.sendReply',
      message: '받은 패킷의 출발지와 목적지를 뒤집은 것이 답이다. 이 장비는 그 앞에서 주소가 바뀌었는지 모른다.',
    });
  // behind the first leg without a load balancer: kubectl port-forward
  if (leg > 0 && !host.startsWith('lb:'))
    return after.payload === 'data' && !host.startsWith('pod:')
      ? translate({
          id: 'widget.reason.sendTunnel',
          message: 'kubectl port-forward가 열어 둔 연결이다. 서비스의 규칙은 이 길에 끼지 않는다.',
        })
      : translate({
          id: 'widget.reason.sendInside',
          message: '터널의 끝이다. 프로그램에는 같은 파드 안에서 온 연결로 보이고, 부른 쪽의 주소는 남지 않는다.',
        });
  return translate({
    id: 'widget.reason.send',
    message: '프로그램이 소켓에 건넨 것을 커널이 패킷으로 만든다. 출발지 포트는 커널이 고른다.',
  });
}

function routeReason(hops: readonly Hop[], index: number): string {
  const { text = '' } = hops[index]!;
  if (text.startsWith('local '))
    return translate({
      id: 'widget.reason.routeLocal',
      message: '목적지가 이 장비의 주소다. 넘기지 않고 안으로 들인다.',
    });
  const way = text.startsWith('default')
    ? translate({ id: 'widget.reason.routeDefault', message: '더 구체적인 경로가 없어서 기본 경로로 보낸다.' })
    : / via /.test(text)
      ? translate({ id: 'widget.reason.routeVia', message: '목적지에 맞는 가장 구체적인 경로다. 거기에 적힌 장비로 보낸다.' })
      : translate({ id: 'widget.reason.routeLink', message: '목적지가 바로 이 링크에 있다. 거치는 장비 없이 보낸다.' });
  const isForwarded = visitBefore(hops, index).some(({ stage }) => stage === 'receive');
  if (!isForwarded) return way;
  return `${translate({ id: 'widget.reason.forward', message: '이 장비의 주소가 아니므로 넘겨준다(forward).' })} ${way}`;
}

function conntrackReason({ before, after, entry }: Hop): string {
  if (!sameAddresses(before, after))
    return translate({
      id: 'widget.reason.recall',
      message: '이미 적어 둔 연결이다. nat 규칙을 다시 보지 않고, 항목에 적힌 대로 주소를 바꾼다.',
    });
  if (entry === 'made')
    return translate({
      id: 'widget.reason.made',
      message: '새 연결을 적어 둔다. 이 연결의 다음 패킷과 답은 nat 규칙이 아니라 이 항목을 따른다.',
    });
  return translate({
    id: 'widget.reason.used',
    message: '이미 적어 둔 연결이다. 바꿀 주소가 없어서 그대로 지나가고, 새 연결만 보는 nat 규칙은 건너뛴다.',
  });
}

/** What a rule that is not Kubernetes' own did, by its target. */
function targetReason(text: string): string {
  if (/^-P \S+ DROP$|^policy drop$/.test(text))
    return translate({
      id: 'widget.reason.policy',
      message: '체인의 규칙을 다 보아도 정해지지 않아서, 체인의 정책(policy)대로 버린다.',
    });
  if (/-j DROP\b|\bdrop$/.test(text)) return translate({ id: 'widget.reason.drop', message: '맞는 패킷을 버린다.' });
  if (/-j REJECT\b|\breject\b/.test(text)) return translate({ id: 'widget.reason.reject', message: '맞는 패킷을 거절한다.' });
  if (/-j ACCEPT\b|\baccept$/.test(text))
    return translate({ id: 'widget.reason.accept', message: '이 체인의 나머지 규칙을 보지 않고 통과시킨다.' });
  if (/-j RETURN\b|\breturn$/.test(text))
    return translate({ id: 'widget.reason.return', message: '이 체인을 그만 보고, 부른 자리로 돌아간다.' });
  if (/-j (DNAT|SNAT|MASQUERADE)\b|\b(dnat|snat) to\b|\bmasquerade\b/.test(text))
    return translate({ id: 'widget.reason.nat', message: '연결의 주소를 바꾼다. 답은 conntrack이 되돌린다.' });
  if (/-j (MARK|CT|CONNMARK)\b|\bmark set\b/.test(text))
    return translate({ id: 'widget.reason.mark', message: '패킷에 표시만 달고 다음 규칙으로 간다.' });
  if (/-[jg] \S|\b(jump|goto) /.test(text))
    return translate({ id: 'widget.reason.jump', message: '적힌 체인으로 가서 이어서 본다.' });
  return translate({ id: 'widget.reason.count', message: '맞는 패킷을 세기만 하고 다음 규칙으로 간다.' });
}

function ruleReason({ host, table = '', chain = '', text = '', element }: Hop): string {
  // What the router does for floating addresses: cluster/load-balancer.ts
  if (host === 'router')
    return / -j DNAT /.test(text)
      ? translate({
          id: 'widget.reason.floating',
          message: '라우터가 플로팅 IP(floating IP)를 로드 밸런서의 VIP로 바꾼다.',
        })
      : translate({
          id: 'widget.reason.floatingInside',
          message: '안에서 플로팅 IP를 부른 연결이다. 답이 라우터를 거쳐 오도록 출발지를 라우터의 주소로 바꾼다.',
        });
  const named = (name: string, kind: 'chain' | 'map', line: string) =>
    kindOf({ text: line }, { table, name, kind, head: '', lines: [] });
  const map = /vmap @(\S+)/.exec(text)?.[1];
  const kind =
    (element !== undefined && map !== undefined ? named(map, 'map', element) : undefined) ?? named(chain, 'chain', text);
  return kind === undefined ? `${whySentence(undefined)} ${targetReason(text)}` : whySentence(kind);
}

function lossReason(hops: readonly Hop[], index: number): string {
  const hop = hops[index]!;
  const sentence = lossSentence(hop.loss!);
  if (hop.text === undefined || hop.chain === undefined) return sentence;
  if (/^(-P |policy )/.test(hop.text)) return `${sentence} ${targetReason(hop.text)}`;
  // The rule itself is the hop before; in nftables it says which element of a map it found.
  const rule = visitBefore(hops, index).find(({ stage, element }) => stage === 'rule' && element !== undefined);
  return `${sentence} ${ruleReason(rule ?? hop)}`;
}

function transmitReason(hops: readonly Hop[], index: number): string {
  const visit = visitBefore(hops, index);
  const isBridged = visit.some(({ stage }) => stage === 'receive') && !visit.some(({ stage }) => stage === 'route');
  return isBridged
    ? translate({
        id: 'widget.reason.bridge',
        message: '같은 노드의 파드로 간다. 라우팅 없이 브리지를 건너지만, 노드의 netfilter가 그 프레임도 본다.',
      })
    : translate({
        id: 'widget.reason.transmit',
        message: '정해진 인터페이스로 내보낸다. 받을 쪽의 MAC 주소는 ARP로 알아낸다.',
      });
}

function deliverReason({ direction, after }: Hop): string {
  if (after.payload.startsWith('icmp-'))
    return translate({
      id: 'widget.reason.deliverIcmp',
      message: '인용된 패킷을 보낸 소켓을 찾아 오류로 알린다.',
    });
  if (direction === 'reply')
    return translate({
      id: 'widget.reason.deliverReply',
      message: '출발지와 목적지가 보낸 것을 뒤집은 그대로라서, 커널이 이 소켓의 답으로 알아본다.',
    });
  if (after.protocol === 'ICMP')
    return translate({ id: 'widget.reason.deliverEcho', message: '이 장비의 주소로 온 에코라서 커널이 스스로 답한다.' });
  return translate({
    id: 'widget.reason.deliver',
    message: '이 포트에서 듣는 소켓이 있다. 프로그램은 지금 출발지로 적힌 주소를 상대로 안다.',
  });
}

/** Why what a hop of a trace shows happened, and with what verdict; every hop has a sentence. @param index in `hops` */
export function hopReason(hops: readonly Hop[], index: number): string {
  const hop = hops[index]!;
  if (hop.loss) return lossReason(hops, index);
  switch (hop.stage) {
    case 'send':
      return sendReason(hop);
    case 'route':
      return routeReason(hops, index);
    case 'rule':
      return ruleReason(hop);
    case 'conntrack':
      return conntrackReason(hop);
    case 'transmit':
      return transmitReason(hops, index);
    case 'receive':
      return translate({ id: 'widget.reason.receive', message: '이 인터페이스로 들어왔다.' });
    case 'deliver':
      return deliverReason(hop);
    case 'loss':
      return '';
  }
}
