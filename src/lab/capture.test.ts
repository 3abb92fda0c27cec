import { describe, expect, it } from 'vitest';
import { runLine } from './drive';
import { createLab } from './lab';
import { getScenario } from './scenarios';

/** Starts on node-1 of the ClusterIP lesson. */
async function onNode() {
  const lab = createLab(getScenario('clusterip'));
  await runLine(lab, 'kubectl expose deployment web --port 80 --target-port 5000');
  return lab;
}

const times = (text: string) => text.replace(/^\d\d:\d\d:\d\d\.\d{6} /gm, '').replace(/\.(3[2-9]|[45]\d|60)\d{3}\b/g, '.PORT');

describe('captures', () => {
  it('show the packets of the rest of the line, and end by themselves', async () => {
    const lab = await onNode();
    const { stdout, stderr } = await runLine(lab, 'tcpdump -n -c 2 -i any & curl -s 192.168.0.50:9000');
    expect(times(stdout)).toMatch(
      /^eth0 {2}Out IP 198\.51\.100\.7\.PORT > 192\.168\.0\.50\.9000: Flags \[S\], length 0\neth0 {2}In {2}IP 192\.168\.0\.50\.9000 > 198\.51\.100\.7\.PORT: Flags \[S\.\], length 0\n/,
    );
    expect(stderr).toContain('[1] 2101\n');
    expect(stderr).toContain('listening on any, link-type LINUX_SLL2 (Linux cooked v2), snapshot length 262144 bytes\n');
    expect(stderr).toContain('2 packets captured\n2 packets received by filter\n0 packets dropped by kernel\n');
    expect(stderr).toMatch(/\[1\]\+ {2}Done {20}tcpdump -n -c 2 -i any\n$/);
  });

  it('go on at the prompt until kill', async () => {
    const lab = await onNode();
    await runLine(lab, 'ssh node-1');
    await runLine(lab, 'tcpdump -n icmp &');
    await runLine(lab, 'ping -c 1 192.168.0.12');
    const { stderr } = await runLine(lab, 'kill %1');
    expect(stderr).toBe('[1]+  Done                    tcpdump -n icmp\n');
    const shown = lab.terminal.transcript.map(({ output }) => times(output)).join('');
    expect(shown).toMatch(/IP 192\.168\.0\.11 > 192\.168\.0\.12: ICMP echo request, id \d+, length 64\n/);
    expect(shown).toContain('\n2 packets captured\n');
    expect((await runLine(lab, 'jobs')).stdout).toBe('');
  });

  it('end when their time is over', async () => {
    const lab = await onNode();
    await runLine(lab, 'ssh node-1');
    const { exit, stderr } = await runLine(lab, 'timeout 5 tcpdump -i eth0 port 80');
    expect(exit).toBe(124);
    expect(stderr).toContain('\n0 packets captured\n');
  });

  it('of connections: conntrack -E', async () => {
    const lab = await onNode();
    await runLine(lab, 'ssh node-1');
    const { stdout } = await runLine(lab, 'conntrack -E -p tcp & curl -s 192.168.0.12:1');
    const tuple =
      'src=192.168.0.11 dst=192.168.0.12 sport=PORT dport=1 [UNREPLIED] src=192.168.0.12 dst=192.168.0.11 sport=1 dport=PORT';
    expect(stdout.replace(/port=\d{5}/g, 'port=PORT')).toBe(
      `    [NEW] tcp      6 120 SYN_SENT ${tuple}\n[DESTROY] tcp      6 120 CLOSE ${tuple}\n`,
    );
  });

  it('of connections, several at once: one that ends takes nothing from the others', async () => {
    const lab = await onNode();
    await runLine(lab, 'ssh node-1');
    const { stderr } = await runLine(lab, 'echo on; conntrack -E -e NEW & conntrack -E -p tcp &');
    expect(stderr).toBe('[1] 2101\n[2] 2114\n');
    await runLine(lab, 'curl -s 192.168.0.12:1');
    const shown = () => lab.terminal.transcript.map(({ output }) => output.match(/\[(NEW|DESTROY)\]/g)?.length ?? 0);
    expect(shown().at(-1)).toBe(3);
    expect((await runLine(lab, 'kill -s KIL %1')).stderr).toBe('bash: kill: KIL: invalid signal specification\n');
    await runLine(lab, 'kill -0 %1');
    expect((await runLine(lab, 'jobs')).stdout).toContain('[1]-  Running ');
    await runLine(lab, 'kill -s TERM %1');
    await runLine(lab, 'curl -s 192.168.0.12:1');
    expect(shown().at(-1)).toBe(2);
    await runLine(lab, 'kill -9 %2');
    await runLine(lab, 'curl -s 192.168.0.12:1');
    expect(shown().at(-1)).toBe(0);
  });
});
