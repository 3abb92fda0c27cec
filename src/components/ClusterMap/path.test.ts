import { describe, expect, it } from 'vitest';
import { fakeLab } from '../testing/fakeLab';
import { nodePortTrace } from '../testing/fakeTrace';
import { stepsOf } from '../trace/steps';
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
