import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { createLab } from '../../src/lab';
import { runLine } from '../../src/lab/drive';
import { getScenario } from '../../src/lab/scenarios';
import type { Lab } from '../../src/lab/types';
import { hopReason } from '../../src/components/trace/reasons';
import { hopsOf, stepsOf } from '../../src/components/trace/steps';
import { stepWords } from '../../src/components/trace/words';

const language = vi.hoisted(() => ({ name: 'ko' }));
const english = JSON.parse(readFileSync('i18n/en/code.json', 'utf8')) as Record<string, { message: string }>;
vi.mock('@docusaurus/Translate', () => ({
  translate: ({ id, message }: { id: string; message: string }, values: Record<string, string> = {}) =>
    (language.name === 'ko' ? message : (english[id]?.message ?? `? ${id}`)).replace(
      /\{(\w+)\}/g,
      (all, name: string) => values[name] ?? all,
    ),
}));

/** The lesson's cluster, seen from a shell on node-1. */
async function onNode1(): Promise<Lab> {
  const lab = createLab(getScenario('nodeport'));
  await lab.apply('test-nodeport.yaml');
  lab.advance(5000);
  await runLine(lab, 'ssh node-1');
  return lab;
}

/** Who answers 40 connections from the laptop, and how often none does. */
function calls(lab: Lab) {
  const got = Array.from({ length: 40 }, () =>
    lab.connect({ from: 'internet', protocol: 'TCP', address: '192.168.0.11', port: 30088 }),
  );
  return {
    pods: [...new Set(got.flatMap(({ backend }) => backend ?? []))].sort(),
    outcomes: [...new Set(got.map(({ outcome }) => outcome))].sort(),
    refused: got.find(({ outcome }) => outcome === 'refused'),
  };
}

/** What the page says of the last step, and of the hops that led there. */
function lastWords(trace: ReturnType<Lab['connect']>): string {
  const steps = stepsOf(trace);
  const at = steps.findIndex(({ kind }) => kind === 'loss');
  return [stepWords(steps[at]!).sentence, ...hopsOf(steps, at).map((hop) => hopReason(trace.hops, hop))].join('\n');
}

describe('a learner who deletes the rule of one pod on a node', () => {
  it('finds it, and sees what the next connections do', async () => {
    const lab = await onNode1();
    const before = calls(lab);
    expect([before.pods.length, before.outcomes]).toEqual([2, ['answered']]);
    const { stdout } = await runLine(lab, 'iptables-save | grep test');
    const spread = stdout.split('\n').filter((line) => /^-A KUBE-SVC-\S+ .*-j KUBE-SEP-/.test(line));
    expect(spread).toHaveLength(2);
    // the last endpoint's rule is what is left when no other was drawn
    const [first, last] = spread.map((line) => /-j (KUBE-SEP-\S+)/.exec(line)![1]!) as [string, string];
    const dnat = (chain: string) =>
      stdout.split('\n').find((line) => line.startsWith(`-A ${chain} `) && line.includes('-j DNAT'))!;
    expect([dnat(first), dnat(last)]).toEqual([expect.any(String), expect.any(String)]);
    const type = async (line: string) => expect(await runLine(lab, line)).toMatchObject({ exit: 0, stderr: '' });

    // without the first: whoever drew it goes on to the rules behind it
    await type(`iptables -t nat ${dnat(first).replace('-A', '-D')}`);
    expect((await runLine(lab, 'iptables-save -t nat')).stdout).not.toContain(dnat(first));
    const without = calls(lab);
    expect(without.pods).toHaveLength(1);
    expect(without.outcomes).toEqual(['answered']);

    // without the last: nothing rewrites the packet, and nobody listens on the node port
    await type(`iptables -t nat ${dnat(first)}`);
    await type(`iptables -t nat ${dnat(last).replace('-A', '-D')}`);
    const half = calls(lab);
    expect(half.pods).toHaveLength(1);
    expect(half.pods).not.toEqual(without.pods);
    expect(half.outcomes).toEqual(['answered', 'refused']);
    const { refused } = half;
    expect(refused!.hops.filter(({ chain, host }) => host === 'node:node-1' && chain === last)).toEqual([]);
    expect(refused!.hops.find(({ loss }) => loss)).toMatchObject({ host: 'node:node-1', loss: { reason: 'no-listener' } });
    expect(lastWords(refused!)).toContain('듣는 소켓이 없다');
    language.name = 'en';
    expect(lastWords(refused!)).toContain('No process listens');
    expect(lastWords(refused!)).toContain('The destination is an address of this machine');
    expect(lastWords(refused!)).not.toContain('?');
    language.name = 'ko';

    // the other nodes have rules of their own
    const elsewhere = lab.connect({ from: 'internet', protocol: 'TCP', address: '192.168.0.12', port: 30088 });
    expect(elsewhere.outcome).toBe('answered');
    // and the next change of the Service's endpoints makes kube-proxy write its chains again
    await runLine(lab, 'exit');
    await runLine(lab, 'kubectl scale deployment test --replicas=3');
    lab.advance(10_000);
    const after = calls(lab);
    expect([after.pods.length, after.outcomes]).toEqual([3, ['answered']]);
  }, 30_000);
});
