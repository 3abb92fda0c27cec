import { describe, expect, it } from 'vitest';
import type { TranscriptEntry } from '../../shell/types';
import { widestLine } from './widestLine';

const entry = (id: number, output: string): TranscriptEntry => ({ id, prompt: '$ ', command: 'c', output, exit: 0 });

describe('widestLine', () => {
  it('follows tables as they are printed, and leaves longer lines to be broken', () => {
    const session = { transcript: [] as readonly TranscriptEntry[] };
    const widest = widestLine(session);
    expect(widest()).toBe(0);
    session.transcript = [entry(1, `${'a'.repeat(105)}\nb\n`)];
    expect(widest()).toBe(105);
    session.transcript = [...session.transcript, entry(2, 'x'.repeat(200))];
    expect(widest()).toBe(105);
    session.transcript = [session.transcript[0]!, entry(2, `${'x'.repeat(200)}\n${'y'.repeat(120)}`), entry(3, '')];
    expect(widest()).toBe(120);
    session.transcript = [];
    expect(widest()).toBe(0);
  });
});
