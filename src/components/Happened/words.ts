import { translate } from '@docusaurus/Translate';
import type { Trace } from '../../cluster/linux/trace';
import { hostName } from '../trace/names';
import { endpoint } from '../trace/endpoint';
import { stepsOf } from '../trace/steps';
import { outcomeLine, stepWords } from '../trace/words';
import type { Effect } from './effects';

function traceSentence(trace: Trace): string {
  const way = `${hostName(trace.from)} → ${endpoint(trace.destination, trace.destinationPort)}`;
  const lost = stepsOf(trace).find((step) => step.kind === 'loss');
  const words = lost && stepWords(lost);
  return words ? `${way}: ${words.place}. ${words.sentence}` : `${way}: ${outcomeLine(trace)}`;
}

/** An effect in one sentence; values stand apart, so that no particle hangs on them. */
export function effectSentence(effect: Effect): string {
  switch (effect.kind) {
    case 'traces': {
      const { traces } = effect;
      if (traces.length === 1) return traceSentence(traces[0]!);
      const answered = traces.filter((trace) => trace.outcome === 'answered').length;
      return translate(
        { id: 'widget.happened.traces', message: '연결: {count}, 응답: {answered}, 실패: {failed}. 마지막 연결: {last}' },
        {
          count: String(traces.length),
          answered: String(answered),
          failed: String(traces.length - answered),
          last: traceSentence(traces.at(-1)!),
        },
      );
    }
    case 'service-created': {
      const { name } = effect.service.metadata;
      const { type = 'ClusterIP', clusterIP } = effect.service.spec ?? {};
      const values = { name, type: String(type), address: String(clusterIP) };
      return clusterIP && clusterIP !== 'None'
        ? translate(
            { id: 'widget.happened.created', message: '서비스가 생겼다: {name} ({type}, 클러스터 IP {address}).' },
            values,
          )
        : translate(
            { id: 'widget.happened.createdBare', message: '서비스가 생겼다: {name} ({type}, 클러스터 IP 없음).' },
            values,
          );
    }
    case 'service-deleted':
      return translate(
        { id: 'widget.happened.deleted', message: '서비스가 없어졌다: {name}.' },
        { name: effect.service.metadata.name },
      );
    case 'service-changed':
      return translate(
        { id: 'widget.happened.changed', message: '서비스가 바뀌었다: {name} ({fields}).' },
        { name: effect.service.metadata.name, fields: effect.fields.join(', ') },
      );
    case 'address':
      return translate(
        { id: 'widget.happened.address', message: '로드 밸런서의 주소가 정해졌다: {name} {address}.' },
        { name: effect.service.metadata.name, address: effect.address },
      );
    case 'endpoints':
      return effect.after === 0
        ? translate(
            { id: 'widget.happened.noEndpoints', message: '서비스 {name} 뒤에는 준비된 파드가 없다.' },
            { name: effect.service.metadata.name },
          )
        : translate(
            { id: 'widget.happened.endpoints', message: '서비스 {name} 뒤의 준비된 파드: {before} → {after}.' },
            { name: effect.service.metadata.name, before: String(effect.before), after: String(effect.after) },
          );
    case 'pods': {
      const parts = [
        [effect.created, translate({ id: 'widget.happened.podsCreated', message: '생긴 파드' })],
        [effect.deleted, translate({ id: 'widget.happened.podsDeleted', message: '없어진 파드' })],
        [effect.readied, translate({ id: 'widget.happened.podsReady', message: '준비된 파드' })],
        [effect.unreadied, translate({ id: 'widget.happened.podsUnready', message: '준비 상태를 잃은 파드' })],
      ] as const;
      return `${parts
        .filter(([count]) => count > 0)
        .map(([count, words]) => `${words}: ${count}`)
        .join(', ')}.`;
    }
  }
}
