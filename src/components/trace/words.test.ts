import { describe, expect, it } from 'vitest';
import { nodePortTrace, refusedTrace } from '../testing/fakeTrace';
import { stepsOf } from './steps';
import { lossWord, outcomeLine, stepWords, traceTitle, translationName } from './words';

describe('words of a trace', () => {
  const trace = nodePortTrace(3);
  const steps = stepsOf(trace);

  it('names place, event and values apart', () => {
    const dnat = steps.find((step) => step.changed.destination)!;
    expect(stepWords(dnat)).toEqual({
      place: 'node-1',
      sentence: 'DNAT: 규칙이 목적지를 바꾼다.',
      values: '192.168.0.11:30088 → 10.244.2.3:5000',
    });
    expect(translationName(dnat)).toBe('DNAT · KUBE-SEP-Z7E4AB3ASBYWO33H');
  });

  it('says who answered and what it saw', () => {
    expect(traceTitle(trace)).toBe('#3 노트북 → 192.168.0.11:30088 TCP');
    expect(outcomeLine(trace)).toBe('응답을 받았다 · 응답한 곳: 파드 p2 · 거기서 본 출발지: 192.168.0.11');
  });

  it('has a word for a loss', () => {
    const loss = stepsOf(refusedTrace()).at(-1)!;
    expect(lossWord(loss.loss!)).toBe('REFUSED');
    expect(stepWords(loss).sentence).toContain('듣는 소켓이 없다');
  });
});
