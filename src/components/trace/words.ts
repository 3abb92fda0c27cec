import { translate } from '@docusaurus/Translate';
import type { Hop, Loss, Outcome, Trace } from '../../cluster/linux/trace';
import { hostName } from './names';
import { endpoint } from './endpoint';
import { destinationOf, sourceOf, type Step } from './steps';

/** One step in words: what happened, and the values it is about. Values stand apart, so that no particle hangs on them. */
export interface StepWords {
  place: string;
  sentence: string;
  values?: string;
}

/** Why a packet ended where it did. */
export function lossSentence(loss: Loss): string {
  switch (loss.reason) {
    case 'no-listener':
      return translate({
        id: 'widget.loss.noListener',
        message: '이 주소와 포트에서 듣는 소켓이 없다. 거절하는 답을 돌려보낸다.',
      });
    case 'no-connection':
      return translate({
        id: 'widget.loss.noConnection',
        message: '여기서는 이 연결이 시작된 적이 없다. RST로 답해 연결을 끊는다.',
      });
    case 'reject-rule':
      return translate({ id: 'widget.loss.rejectRule', message: '규칙이 패킷을 거절하고, 거절했다는 답을 돌려보낸다.' });
    case 'drop-rule':
      return translate({ id: 'widget.loss.dropRule', message: '규칙이 패킷을 버린다. 보낸 쪽에는 아무 답도 가지 않는다.' });
    case 'no-route':
      return translate({ id: 'widget.loss.noRoute', message: '이 목적지로 가는 경로를 모른다. 보낼 수 없다고 답한다.' });
    case 'no-neighbour':
      return translate({
        id: 'widget.loss.noNeighbour',
        message: '이 링크에는 그 주소를 가진 인터페이스가 없다. ARP에 아무도 답하지 않는다.',
      });
    case 'martian':
      return translate({ id: 'widget.loss.martian', message: '이 자리에서는 나올 수 없는 주소라서(martian) 커널이 버린다.' });
    case 'rp-filter':
      return translate({
        id: 'widget.loss.rpFilter',
        message: '답이 이 인터페이스로 돌아가지 않을 출발지라서, 역경로 검사(rp_filter)가 버린다.',
      });
    case 'ttl-exceeded':
      return translate({ id: 'widget.loss.ttlExceeded', message: '두 장비 사이를 맴돌다가 TTL이 0이 되어 버려진다.' });
    case 'not-ours':
      return translate({ id: 'widget.loss.notOurs', message: '이 장비의 주소가 아니고, 이 장비는 남의 패킷을 전달하지 않는다.' });
    case 'no-backend':
      return translate({ id: 'widget.loss.noBackend', message: '로드 밸런서가 연결을 넘겨줄 멤버가 없다.' });
  }
}

/** The word drawn at the place where a packet ended. States stay in English, as the tools print them. */
export function lossWord(loss: Loss): string {
  if (loss.reason === 'no-route') return 'NO ROUTE';
  return { refused: 'REFUSED', dropped: 'DROPPED', unreachable: 'UNREACHABLE', timeout: 'TIMEOUT' }[loss.kind];
}

function answerSentence(step: Step): string {
  const { payload } = step.after;
  if (payload === 'RST') return translate({ id: 'widget.step.answerReset', message: '거절하는 답(RST)을 보낸다.' });
  if (payload.startsWith('icmp-'))
    return translate({ id: 'widget.step.answerIcmp', message: '전할 수 없다는 답(ICMP)을 보낸다.' });
  return translate({ id: 'widget.step.answer', message: '답을 보낸다.' });
}

function sendSentence({ leg, host, after }: Step): string {
  if (leg === 0) return translate({ id: 'widget.step.send', message: '패킷을 보낸다.' });
  if (host.startsWith('lb:')) return translate({ id: 'widget.step.sendLeg', message: '로드 밸런서가 노드로 새 연결을 연다.' });
  // the API server and the kubelet, between kubectl port-forward and a pod
  if (after.payload === 'data')
    return translate({ id: 'widget.step.sendTunnel', message: '받은 것을 이미 열려 있는 연결에 실어 보낸다.' });
  return translate({
    id: 'widget.step.sendInside',
    message: '컨테이너 런타임이 이 네트워크 네임스페이스 안에서 127.0.0.1로 새 연결을 연다.',
  });
}

function translateSentence(step: Step): string {
  const both = step.changed.source && step.changed.destination;
  if (step.remembered || step.direction === 'reply') {
    return both
      ? translate({ id: 'widget.step.recallBoth', message: 'conntrack이 기억해 둔 대로 출발지와 목적지를 되돌린다.' })
      : step.changed.source
        ? translate({ id: 'widget.step.recallSource', message: 'conntrack이 기억해 둔 대로 출발지를 되돌린다.' })
        : translate({ id: 'widget.step.recallDestination', message: 'conntrack이 기억해 둔 대로 목적지를 되돌린다.' });
  }
  return both
    ? translate({ id: 'widget.step.natBoth', message: '규칙이 출발지와 목적지를 함께 바꾼다.' })
    : step.changed.source
      ? translate({ id: 'widget.step.snat', message: 'SNAT: 규칙이 출발지를 바꾼다.' })
      : translate({ id: 'widget.step.dnat', message: 'DNAT: 규칙이 목적지를 바꾼다.' });
}

function translateValues(step: Step): string {
  const parts: string[] = [];
  if (step.changed.source) parts.push(`${sourceOf(step.before)} → ${sourceOf(step.after)}`);
  if (step.changed.destination) parts.push(`${destinationOf(step.before)} → ${destinationOf(step.after)}`);
  return parts.join(', ');
}

export function stepWords(step: Step): StepWords {
  const place = hostName(step.host);
  const path = `${sourceOf(step.after)} → ${destinationOf(step.after)}`;
  switch (step.kind) {
    case 'send':
      return {
        place,
        sentence: step.direction === 'reply' ? answerSentence(step) : sendSentence(step),
        values: path,
      };
    case 'travel': {
      const words =
        step.to === step.host
          ? translate({ id: 'widget.step.travelInside', message: '같은 장비 안에서 건너간다.' })
          : translate({ id: 'widget.step.travel', message: '다음 자리에 도착한다.' });
      const end = step.to ? hostName(step.to) : (step.interface ?? '');
      return { place: `${place} → ${end}`, sentence: words, values: step.interface };
    }
    case 'translate':
      return { place, sentence: translateSentence(step), values: translateValues(step) };
    case 'handle':
      return { place, sentence: translate({ id: 'widget.step.handle', message: '바꾸지 않고 처리한다.' }), values: path };
    case 'deliver':
      return {
        place,
        sentence:
          step.direction === 'reply'
            ? translate({ id: 'widget.step.deliverReply', message: '답이 처음 보낸 소켓에 도착한다.' })
            : translate({ id: 'widget.step.deliver', message: '소켓이 패킷을 받는다.' }),
        values: path,
      };
    case 'loss':
      return { place, sentence: step.loss ? lossSentence(step.loss) : '', values: path };
  }
}

/** What kind of text a hop carries, for the list of things a packet passed. */
export function detailLabel(hop: Hop): string {
  if (hop.stage === 'route') return translate({ id: 'widget.detail.route', message: '경로' });
  if (hop.stage === 'conntrack') return [hop.hook, 'conntrack'].filter(Boolean).join(' · ');
  if (hop.stage === 'rule' || hop.chain !== undefined)
    return [hop.hook, hop.table, hop.chain === hop.hook ? undefined : hop.chain].filter(Boolean).join(' · ');
  return [hostName(hop.host), hop.interface].filter(Boolean).join(' · ');
}

/** A name for the rewriting, drawn beside the packet: `DNAT · KUBE-SEP-…`. */
export function translationName(step: Step): string {
  if (step.remembered || step.direction === 'reply') return 'conntrack';
  const kind = step.changed.destination ? 'DNAT' : 'SNAT';
  return step.chain ? `${kind} · ${step.chain}` : kind;
}

function outcomeWords(outcome: Outcome): string {
  switch (outcome) {
    case 'answered':
      return translate({ id: 'widget.outcome.answered', message: '응답을 받았다' });
    case 'refused':
      return translate({ id: 'widget.outcome.refused', message: '거절되었다(REFUSED)' });
    case 'timeout':
      return translate({ id: 'widget.outcome.timeout', message: '답이 오지 않았다(TIMEOUT)' });
    case 'unreachable':
      return translate({ id: 'widget.outcome.unreachable', message: '갈 수 있는 경로가 없다(NO ROUTE)' });
    case 'connected':
      return translate({ id: 'widget.outcome.connected', message: '연결되었지만 받은 바이트가 없다' });
    case 'closed':
      return translate({ id: 'widget.outcome.closed', message: '연결되자마자 끊어졌다' });
    case 'EPERM':
      return translate({ id: 'widget.outcome.eperm', message: '보내는 노드가 스스로 막았다(EPERM)' });
  }
}

/** The end of a connection in one line: outcome, who answered, and the source that was seen there. */
export function outcomeLine(trace: Trace): string {
  const parts = [outcomeWords(trace.outcome)];
  if (trace.backendHost ?? trace.backend) {
    parts.push(
      translate(
        { id: 'widget.outcome.backend', message: '응답한 곳: {name}' },
        { name: hostName(trace.backendHost ?? '') || (trace.backend ?? '') },
      ),
    );
  }
  if (trace.sourceSeen)
    parts.push(translate({ id: 'widget.outcome.source', message: '거기서 본 출발지: {address}' }, { address: trace.sourceSeen }));
  return parts.join(' · ');
}

/** How a trace is called in a picker: `#3 노트북 → 192.168.0.11:30088 TCP`. */
export function traceTitle(trace: Trace): string {
  return `#${trace.id} ${hostName(trace.from)} → ${endpoint(trace.destination, trace.destinationPort)} ${trace.protocol}`;
}
