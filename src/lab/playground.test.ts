import { describe, expect, it } from 'vitest';
import { runLine } from './drive';
import { createLab } from './lab';
import { getScenario } from './scenarios';
import { playgroundDefaults, playgroundName, playgroundOptions } from './scenarios/playground';

describe('a playground', () => {
  it('is what its name says', () => {
    const options = { nodes: 20, cloud: 'metallb', proxyMode: 'nftables', addons: true, seed: 42 } as const;
    expect(playgroundOptions(playgroundName(options))).toEqual(options);
    for (const name of [
      'playground',
      'playground-0-none-iptables-1',
      'playground-21-none-iptables-1',
      'playground-3-gce-iptables-1',
      'clusterip',
    ])
      expect(playgroundOptions(name)).toBeUndefined();
  });

  it('has its nodes, its rules and its seed', async () => {
    const lab = createLab(getScenario(playgroundName({ ...playgroundDefaults, nodes: 5, proxyMode: 'nftables', addons: true })));
    expect(lab.getSnapshot().nodes).toHaveLength(5);
    await runLine(lab, 'kubectl apply -f test-service.yaml');
    expect((await runLine(lab, 'ssh node-5 nft list table ip kube-proxy')).stdout).toContain('default/test');
    expect((await runLine(lab, 'curl -s http://192.168.0.15:30080/hostname')).stdout).toMatch(/^test-/);
    expect((await runLine(lab, 'kubectl get svc -n kube-system')).stdout).toContain('kube-dns');
  });

  it('gives what was made as a manifest, which makes the same elsewhere', async () => {
    const lab = createLab(getScenario(playgroundName(playgroundDefaults)));
    await runLine(lab, 'kubectl apply -f test-service.yaml');
    await runLine(lab, 'kubectl create service clusterip other --tcp=80:5000');
    await runLine(lab, 'kubectl create configmap settings --from-literal=color=blue');
    const text = await lab.exportManifests();
    expect(text.match(/^kind: \w+/gm)).toEqual(
      ['ConfigMap', 'Service', 'Service', 'Deployment', 'Pod'].map((kind) => `kind: ${kind}`),
    );
    expect(text).not.toMatch(/uid:|resourceVersion:|status:/);
    const other = createLab(getScenario(playgroundName({ ...playgroundDefaults, seed: 2 })));
    other.writeFile('all.yaml', text);
    expect(await other.apply('all.yaml')).toMatchObject({ exit: 0, stderr: '' });
    expect(other.getSnapshot().services.map(({ metadata }) => metadata.name)).toEqual(['kubernetes', 'other', 'test']);
  });
});
