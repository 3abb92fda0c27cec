import type { Step } from '../trace/steps';
import type { Layout, Machine, NodeBox, Point } from './layout';

function machineOf(layout: Layout, host: string): Machine | undefined {
  return [...layout.machines, ...layout.balancers, ...layout.nodes].find((machine) => machine.id === host);
}

function nodeOfPod(layout: Layout, host: string): NodeBox | undefined {
  return layout.nodes.find((node) => node.pods.some(({ pod }) => pod.id === host));
}

/** Where a packet is drawn when it is at a host: on a node that is its door, where the rules are. */
export function spotOf(layout: Layout, host: string): Point | undefined {
  const node = layout.nodes.find((candidate) => candidate.id === host);
  const wall = node?.tap[0];
  if (node && wall) return { x: node.door.x + node.door.width / 2, y: wall.y };
  const pod = nodeOfPod(layout, host)?.pods.find((candidate) => candidate.pod.id === host);
  if (pod) return { x: pod.x, y: pod.y + pod.height / 2 };
  const machine = machineOf(layout, host);
  if (!machine) return undefined;
  // At the end of its cable, so that its name stays readable.
  return machine.tap[0] ?? layout.uplink[0];
}

/** Along the shared cable from one point on it to another: by its corners, which lie between them. */
function alongCable(layout: Layout, from: Point, to: Point): Point[] {
  const segment = (point: Point) =>
    layout.cable.findIndex((start, index) => {
      const end = layout.cable[index + 1];
      if (!end) return false;
      return (
        point.x >= Math.min(start.x, end.x) &&
        point.x <= Math.max(start.x, end.x) &&
        point.y >= Math.min(start.y, end.y) &&
        point.y <= Math.max(start.y, end.y)
      );
    });
  const [a, b] = [segment(from), segment(to)];
  if (a < 0 || b < 0 || a === b) return [];
  return a < b ? layout.cable.slice(a + 1, b + 1) : layout.cable.slice(b + 1, a + 1).reverse();
}

/** The way of a packet from one host to the next along the drawn cables, both ends included. */
export function wayBetween(layout: Layout, from: string, to: string): Point[] {
  const start = spotOf(layout, from);
  const end = spotOf(layout, to);
  if (!start || !end) return [start ?? end].filter((point) => point !== undefined);
  if (from === to) return [start, end];
  if (from === 'internet' || to === 'internet') return [start, layout.uplink[1], end];
  if (nodeOfPod(layout, from)?.id === to || nodeOfPod(layout, to)?.id === from) return [start, end];
  const [a, b] = [machineOf(layout, from), machineOf(layout, to)];
  const leave = a?.tap ?? [];
  const arrive = b?.tap ?? [];
  const [first, last] = [leave.at(-1), arrive.at(-1)];
  if (!first || !last) return [start, end];
  return [start, ...leave, ...alongCable(layout, first, last), ...[...arrive].reverse(), end];
}

/** Where each step's packet stands, and the way it took to get there from the step before. */
export function waysOf(layout: Layout, steps: readonly Step[]): { spot: Point; way: Point[] }[] {
  let here: string | undefined;
  let spot: Point = { x: layout.width / 2, y: 40 };
  return steps.map((step) => {
    const host = step.kind === 'travel' ? (step.to ?? step.host) : step.host;
    const next = spotOf(layout, host);
    const way = next && here !== undefined ? wayBetween(layout, here, host) : next ? [next] : [];
    if (next) {
      here = host;
      spot = next;
    }
    return { spot, way };
  });
}
