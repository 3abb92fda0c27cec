import { socketOf, toServices, type Found } from './connections';
import { readyEndpoints } from './evidence';
import type { MisconceptionId } from './list';
import type { Detector, Evidence } from './types';

const isSticky = ({ service }: Found): boolean => service.spec?.sessionAffinity === 'ClientIP';

/** Somebody handles cookies while calling a Service that holds callers by their address. */
const affinityCookie: Detector = (evidence) => {
  const sticky = /cookie/i.test(evidence.command) && toServices(evidence).find(isSticky);
  if (!sticky || /set-cookie/i.test(evidence.output)) return undefined;
  return {
    ko: `sessionAffinity는 쿠키를 쓰지 않는다. 출발지 주소로 알아본다: ${sticky.trace.hops[0]?.before.source}.`,
    en: `sessionAffinity uses no cookie. It goes by the source address: ${sticky.trace.hops[0]?.before.source}.`,
  };
};

/** One caller's connections to one Service, oldest first. */
function byCaller(evidence: Evidence): Found[][] {
  const groups = new Map<string, Found[]>();
  for (const found of toServices(evidence)) {
    const key = `${found.trace.from} ${found.service.metadata.uid}`;
    groups.set(key, [...(groups.get(key) ?? []), found]);
  }
  return [...groups.values()];
}

/** Still held when the time is over that began with the first connection. */
const affinityTimeout: Detector = (evidence) => {
  for (const found of byCaller(evidence)) {
    const [first] = found;
    const last = found.at(-1);
    const seconds: number | undefined = first?.service.spec?.sessionAffinityConfig?.clientIP?.timeoutSeconds;
    if (!first || !last || !isSticky(first) || seconds === undefined || last.trace.time - first.trace.time < 1000 * seconds)
      continue;
    const isRefreshed = found.every(
      ({ trace }, index) =>
        trace.backend === first.trace.backend && trace.time - (found[index - 1] ?? first).trace.time < 1000 * seconds,
    );
    if (!isRefreshed) continue;
    const passed = Math.floor((last.trace.time - first.trace.time) / 1000);
    return {
      ko: `첫 연결에서 ${passed}초가 지났는데도 같은 파드다: ${first.trace.backend}. 연결할 때마다 ${seconds}초를 처음부터 다시 센다.`,
      en: `${passed} seconds after the first connection it is still the same pod: ${first.trace.backend}. Each connection starts the ${seconds} seconds anew.`,
    };
  }
  return undefined;
};

/** Datagrams from one port that one pod got, although there are others. */
const udpLikeTCP: Detector = (evidence) => {
  const flows = new Map<string, string | undefined>();
  for (const { trace, service } of toServices(evidence)) {
    if (trace.protocol !== 'UDP' || trace.outcome !== 'answered' || readyEndpoints(service, evidence.after).length < 2) continue;
    const flow = `${socketOf(trace)} ${service.metadata.uid}`;
    if (flows.get(flow) === trace.backend)
      return {
        ko: `UDP에는 연결이 없다. 출발지 포트가 같은 데이터그램은 conntrack 항목이 남아 있는 동안 한 파드로 간다: ${trace.backend}.`,
        en: `UDP has no connections. Datagrams from the same source port go to one pod for as long as the conntrack entry stays: ${trace.backend}.`,
      };
    flows.set(flow, trace.backend);
  }
  return undefined;
};

/** Mistakes about what keeps a caller with a pod. */
export const inHolding: Partial<Record<MisconceptionId, Detector>> = {
  'affinity-is-a-cookie': affinityCookie,
  'affinity-timeout': affinityTimeout,
  'udp-like-tcp': udpLikeTCP,
};
