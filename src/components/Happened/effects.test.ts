import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../cluster/apimachinery/object';
import type { LabSnapshot } from '../../lab/types';
import { fakeLab } from '../testing/fakeLab';
import { nodePortTrace } from '../testing/fakeTrace';
import { effectsBetween } from './effects';
import { effectSentence } from './words';

const start: LabSnapshot = fakeLab().getSnapshot();
const said = (after: Partial<LabSnapshot>, before: Partial<LabSnapshot> = {}) =>
  effectsBetween({ ...start, ...before }, { ...start, ...after }).map(effectSentence);
const [service] = start.services as [KubeObject];
const withSpec = (spec: object): KubeObject => ({ ...service, spec: { ...service.spec, ...spec } });
const slice = (...addresses: string[]): KubeObject => ({
  ...start.endpointSlices[0]!,
  endpoints: addresses.map((address) => ({ addresses: [address], conditions: { ready: true } })),
});

describe('effectsBetween', () => {
  it('is silent when nothing is different', () => {
    expect(said({})).toEqual([]);
    expect(said({ services: [structuredClone(service)], pods: structuredClone(start.pods) as KubeObject[] })).toEqual([]);
  });

  it('tells Services that came, went and changed, and how many pods stand behind them', () => {
    expect(said({ services: [] })).toEqual(['서비스가 없어졌다: test.']);
    expect(said({ endpointSlices: [slice('10.244.1.3', '10.244.2.3')] }, { services: [], endpointSlices: [] })).toEqual([
      '서비스가 생겼다: test (LoadBalancer, 클러스터 IP 10.96.61.1).',
      '서비스 test 뒤의 준비된 파드: 0 → 2.',
    ]);
    expect(
      said(
        { services: [withSpec({ selector: { app: 'no' } })], endpointSlices: [slice()] },
        { services: [withSpec({ selector: { app: 'test' } })], endpointSlices: [slice('10.244.1.3')] },
      ),
    ).toEqual(['서비스가 바뀌었다: test (spec.selector).', '서비스 test 뒤에는 준비된 파드가 없다.']);
    expect(said({ services: [{ ...service, status: { loadBalancer: { ingress: [{ ip: '203.0.113.9' }] } } }] })).toEqual([
      '로드 밸런서의 주소가 정해졌다: test 203.0.113.9.',
    ]);
  });

  it('counts pods and says how a connection ended, or where it died', () => {
    const [first, ...others] = start.pods as KubeObject[];
    expect(said({ pods: [...others, { ...first!, metadata: { ...first!.metadata, uid: 'new' } }] })).toEqual([
      '생긴 파드: 1, 없어진 파드: 1.',
    ]);
    expect(said({ traces: [...start.traces, nodePortTrace(9)] })[0]).toContain('응답을 받았다');
    expect(said({ traces: start.traces }, { traces: start.traces.slice(1) })[0]).toContain('듣는 소켓이 없다');
    expect(said({ traces: start.traces }, { traces: [] })[0]).toContain('연결: 2, 응답: 1, 실패: 1.');
  });
});
