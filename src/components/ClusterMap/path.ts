import type { Step } from '../trace/steps';
import type { Layout, Machine, NodeBox, Point } from './layout';

function machineOf(layout: Layout, host: string): Machine | undefined {
  return [...layout.machines, ...layout.balancers, ...layout.nodes, ...layout.folded].find((machine) => machine.id === host);
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

/** From a node's door to a pod: along the floor, then up beside the pod. */
function insideNode(door: Point, pod: Point): Point[] {
  const x = pod.x - 5;
  return [door, { x, y: door.y }, { x, y: pod.y }, pod];
}

/** The way of a packet from one host to the next along the drawn cables, both ends included. */
function wayBetween(layout: Layout, from: string, to: string): Point[] {
  const start = spotOf(layout, from);
  const end = spotOf(layout, to);
  if (!start || !end) return [start ?? end].filter((point) => point !== undefined);
  if (from === to) return [start, end];
  if (from === 'internet' || to === 'internet') return [start, layout.uplink[1], end];
  if (nodeOfPod(layout, from)?.id === to) return insideNode(end, start).reverse();
  if (nodeOfPod(layout, to)?.id === from) return insideNode(start, end);
  const [a, b] = [machineOf(layout, from), machineOf(layout, to)];
  const leave = a?.tap ?? [];
  const arrive = b?.tap ?? [];
  const [first, last] = [leave.at(-1), arrive.at(-1)];
  if (!first || !last) return [start, end];
  return [start, ...leave, ...alongCable(layout, first, last), ...[...arrive].reverse(), end];
}

/** Lower edge of a machine or pod: the packet's chip hangs below it. A node has none: there the chip stands in front of the door. */
function edgeOf(layout: Layout, host: string): number | undefined {
  const pod = nodeOfPod(layout, host)?.pods.find((candidate) => candidate.pod.id === host);
  const box = pod ?? [...layout.machines, ...layout.balancers, ...layout.folded].find((machine) => machine.id === host);
  return box && box.y + box.height;
}

export interface Way {
  spot: Point;
  /** Where the chip hangs from; undefined: it stands above the spot. */
  below?: number;
  /** From the spot of the step before to this one, both included. */
  way: Point[];
}

/** Where each step's packet stands, and the way it took to get there. */
export function waysOf(layout: Layout, steps: readonly Step[]): Way[] {
  let here: string | undefined;
  let spot: Point = { x: layout.width / 2, y: 60 };
  return steps.map((step) => {
    const host = step.kind === 'travel' ? (step.to ?? step.host) : step.host;
    const next = spotOf(layout, host);
    // Only a wire carries a packet: a proxy's second connection starts at the proxy, it does not fly there.
    const way = next && step.kind === 'travel' ? wayBetween(layout, step.host, host) : next ? [next] : [];
    if (next) {
      here = host;
      spot = next;
    }
    return { spot, way, below: here === undefined ? undefined : edgeOf(layout, here) };
  });
}
