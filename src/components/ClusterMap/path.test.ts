import { describe, expect, it } from 'vitest';
import { fakeLab } from '../testing/fakeLab';
import { nodePortTrace, refusedTrace } from '../testing/fakeTrace';
import { stepsOf } from '../trace/steps';
import { endsOf, linesOf } from './flows';
import { wholeNodes } from './fold';
import { layoutOf } from './layout';
import { liveModel, stillModel } from './model';
import { spotOf, waysOf } from './path';

const trace = nodePortTrace();
const model = liveModel(fakeLab().getSnapshot(), trace);

describe.each([390, 760, 1440])('a map %i px wide', (width) => {
  const layout = layoutOf(model, width);

  it('keeps everything inside', () => {
    const boxes = [
      ...layout.machines,
      ...layout.nodes,
      ...layout.services,
      ...layout.balancers,
      ...layout.nodes.flatMap((node) => node.pods),
    ];
    for (const box of boxes) {
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(layout.width);
      expect(box.y + box.height).toBeLessThanOrEqual(layout.height);
    }
  });

  it('draws who asks at the left of who answers', () => {
    expect(spotOf(layout, 'pod:default/cli-1')!.x).toBeLessThan(spotOf(layout, 'pod:default/p1')!.x);
    if (!layout.narrow) expect(spotOf(layout, 'internet')!.x).toBeLessThan(spotOf(layout, 'node:node-1')!.x);
  });

  it('moves the packet along the drawn cables, without a jump', () => {
    const ways = waysOf(layout, stepsOf(trace));
    expect(ways.at(-1)!.spot).toEqual(spotOf(layout, 'internet'));
    for (const [index, { way }] of ways.entries()) if (way.length > 1) expect(way[0]).toEqual(ways[index - 1]!.spot);
  });
});

describe('a map of twenty nodes', () => {
  const state = fakeLab().getSnapshot();
  const nodes = Array.from({ length: 20 }, (_, index) => {
    const node = state.nodes[index] ?? state.nodes[0]!;
    return { ...node, metadata: { ...node.metadata, name: `node-${index + 1}` } };
  });
  const large = liveModel({ ...state, nodes }, trace);
  const hosts = trace.hops.map(({ host }) => host);

  it('draws the nodes of the path and those that were opened, and folds the others', () => {
    const whole = wholeNodes(large, hosts, new Set(['node:node-9']));
    expect([...whole]).toEqual(['node:node-1', 'node:node-2', 'node:node-9']);
    expect(wholeNodes(model, [], new Set()).size).toBe(3);
    for (const width of [390, 760, 1440]) {
      const layout = layoutOf(large, width, whole);
      expect(layout.folded).toHaveLength(17);
      expect(layout.height).toBeLessThan(1100);
      for (const box of layout.folded) {
        expect(box.x + box.width).toBeLessThanOrEqual(layout.width);
        expect(box.y + box.height).toBeLessThanOrEqual(layout.height);
      }
      const ways = waysOf(layout, stepsOf(trace));
      for (const [index, { way }] of ways.entries()) if (way.length > 1) expect(way[0]).toEqual(ways[index - 1]!.spot);
    }
  });

  it('draws connections to folded nodes, and counts where they ended', () => {
    const layout = layoutOf(large, 760, new Set());
    const traces = [trace, trace, refusedTrace()];
    const nodeOf = new Map(large.nodes.flatMap(({ id, pods }) => pods.map((pod) => [pod.id, id])));
    const lines = linesOf(layout, traces, nodeOf);
    expect(lines.map(({ count }) => count)).toEqual([2, 1]);
    expect(lines[0]!.way.at(-1)).toEqual(spotOf(layout, 'node:node-2'));
    expect(endsOf(traces)).toMatchObject([
      { host: 'pod:default/p2', count: 2 },
      { host: 'node:node-1', count: 1, loss: { kind: 'refused' } },
    ]);
  });

  it('says how many pods of a full node it does not draw, never one that the packet was at', () => {
    const pods = Array.from({ length: 12 }, (_, index) => ({
      ...model.nodes[0]!.pods[1]!,
      id: `pod:default/web-${index}`,
      passed: index === 11,
    }));
    const full = layoutOf({ ...model, nodes: [{ ...model.nodes[0]!, pods }] }, 760).nodes[0]!;
    expect(full.pods.map(({ pod }) => pod.id)).toContain('pod:default/web-11');
    expect(full.pods.length + full.more[0]!.count).toBe(12);
  });
});

describe('stillModel', () => {
  it('reads nodes, pods and Services from manifests', () => {
    const manifest = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  template:
    spec:
      containers:
      - name: web
        ports: [{containerPort: 5000}]
---
apiVersion: v1
kind: Service
metadata:
  name: test
spec:
  type: NodePort
`;
    const still = stillModel({ manifests: [manifest] });
    expect(still.nodes.map((node) => node.pods.length)).toEqual([1, 1, 0]);
    expect(still.nodes[0]!.pods[0]).toMatchObject({ ports: [5000], asks: false });
    expect(still.services).toMatchObject([{ name: 'test', type: 'NodePort' }]);
  });
});
