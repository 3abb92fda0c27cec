import type { MapModel, MapPod } from './model';

export interface Point {
  x: number;
  y: number;
}

export interface Box extends Point {
  width: number;
  height: number;
}

/** A machine on the shared network: its outline and its cable. */
export interface Machine extends Box {
  id: string;
  /** From the machine to the shared cable; the last point lies on it. */
  tap: Point[];
}

export interface NodeBox extends Machine {
  /** The rules at the node's entrance. */
  door: Box;
  pods: (Box & { pod: MapPod })[];
  /** Pods that there is no room for, and where that is said. */
  more: (Point & { count: number })[];
}

/** A node of many that is not looked at: its name and how many pods it has. */
export interface FoldedNode extends Machine {
  pods: number;
}

export interface Layout {
  width: number;
  height: number;
  narrow: boolean;
  /** Machines outside the cluster, and the control plane. */
  machines: Machine[];
  nodes: NodeBox[];
  folded: FoldedNode[];
  services: (Box & { id: string })[];
  balancers: (Machine & { service: string; pending: boolean })[];
  /** The cluster's edge, a line. */
  edge: [Point, Point];
  /** The shared cable of the tenant network. */
  cable: Point[];
  /** Between laptop and router. */
  uplink: [Point, Point];
}

const POD_HEIGHT = 36;
const POD_GAP = 8;
/** Pods in a column of a node. */
const COLUMN = 6;
const HEADER = 26;
const SERVICE_HEIGHT = 46;
const FOLDED = { width: 104, height: 38, gap: 8, below: 14 };
/** Below this width the outside goes above the cluster instead of beside it. */
const NARROW = 600;
const NARROWEST = 320;

/** The pods of a column that are drawn: those that a packet was at, and the first of the others. */
function shortened(pods: MapPod[]): { pods: MapPod[]; more: number } {
  if (pods.length <= COLUMN) return { pods, more: 0 };
  const passed = pods.filter((pod) => pod.passed);
  const others = pods.filter((pod) => !pod.passed).slice(0, Math.max(0, COLUMN - 1 - passed.length));
  const drawn = pods.filter((pod) => pod.passed || others.includes(pod));
  return { pods: drawn, more: pods.length - drawn.length };
}

/** Pods in two columns behind the door: who asks at the left, who answers at the right. */
function nodeBox(node: MapModel['nodes'][number], x: number, y: number, width: number, tap: (wall: Point) => Point[]): NodeBox {
  const asking = shortened(node.pods.filter((pod) => pod.asks));
  const answering = shortened(node.pods.filter((pod) => !pod.asks));
  const rows = Math.max(1, ...[asking, answering].map(({ pods, more }) => pods.length + (more > 0 ? 1 : 0)));
  // A packet being rewritten shows three lines in front of the door.
  const height = HEADER + Math.max(rows * (POD_HEIGHT + POD_GAP) + 14, 76);
  const door = { x, y: y + HEADER, width: 58, height: height - HEADER };
  const inner = width - door.width - 24;
  const column = (inner - 10) / 2;
  const place = (pods: MapPod[], left: number) =>
    pods.map((pod, row) => ({
      pod,
      x: left,
      y: y + HEADER + 2 + row * (POD_HEIGHT + POD_GAP),
      width: column,
      height: POD_HEIGHT,
    }));
  const left = x + door.width + 14;
  const right = left + column + 10;
  const said = ({ pods, more }: ReturnType<typeof shortened>, at: number) =>
    more > 0 ? [{ x: at + 6, y: y + HEADER + 18 + pods.length * (POD_HEIGHT + POD_GAP), count: more }] : [];
  // Low at the wall: the packet's chip stands above it and leaves the node's name free.
  const wall = { x, y: y + height - 12 };
  return {
    id: node.id,
    x,
    y,
    width,
    height,
    door,
    tap: tap(wall),
    pods: [...place(asking.pods, left), ...place(answering.pods, right)],
    more: [...said(asking, left), ...said(answering, right)],
  };
}

/** Folded nodes in rows, each row with a wire below it that leads to the cable. */
function foldedRows(nodes: MapModel['nodes'], x: number, top: number, width: number, cableX: number) {
  const { gap, below } = FOLDED;
  const perRow = Math.max(1, Math.floor((width + gap) / (FOLDED.width + gap)));
  const each = (width - gap * (perRow - 1)) / perRow;
  const boxes = nodes.map(({ id, pods }, index): FoldedNode => {
    const box = {
      x: x + (index % perRow) * (each + gap),
      y: top + Math.floor(index / perRow) * (FOLDED.height + below),
      width: each,
      height: FOLDED.height,
    };
    const foot = { x: box.x + 12, y: box.y + box.height };
    const wire = foot.y + below / 2;
    return { id, ...box, pods: pods.length, tap: [foot, { x: foot.x, y: wire }, { x: cableX, y: wire }] };
  });
  return { boxes, bottom: top + Math.ceil(nodes.length / perRow) * (FOLDED.height + below) };
}

/**
 * Where everything stands, in CSS pixels: the text keeps its size at every width.
 * @param whole nodes that are drawn with their door and pods; by default all
 */
export function layoutOf(model: MapModel, available: number, whole?: ReadonlySet<string>): Layout {
  const width = Math.max(NARROWEST, Math.min(Math.round(available), 1056));
  // node-2 before node-10: among many, a reader looks for a number.
  const nodes = whole ? [...model.nodes].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true })) : model.nodes;
  const shown = nodes.filter(({ id }) => whole?.has(id) ?? true);
  const folded = nodes.filter((node) => !shown.includes(node));
  const parts = { ...model, nodes: shown, folded };
  return width < NARROW ? narrowLayout(parts, width) : wideLayout(parts, width);
}

type Parts = MapModel & { folded: MapModel['nodes'] };

function withBalancer(model: MapModel) {
  return model.services.filter((service) => service.type === 'LoadBalancer');
}

function serviceBoxes(model: MapModel, x: number, y: number, width: number, perRow: number) {
  const gap = 10;
  const each = (width - gap * (perRow - 1)) / perRow;
  const boxes = model.services.map((service, index) => ({
    id: service.id,
    x: x + (index % perRow) * (each + gap),
    y: y + Math.floor(index / perRow) * (SERVICE_HEIGHT + gap),
    width: each,
    height: SERVICE_HEIGHT,
  }));
  const rows = Math.ceil(model.services.length / perRow);
  return { boxes, bottom: y + rows * (SERVICE_HEIGHT + gap) };
}

function wideLayout(model: Parts, width: number): Layout {
  const top = 30;
  const machine = { width: 108, height: 46 };
  const cableX = 272;
  const edgeX = 290;
  const inside = edgeX + 26;
  const insideWidth = width - inside - 2;
  const onCable = (box: Box): Point[] => [
    { x: box.x + box.width, y: box.y + box.height / 2 },
    { x: cableX, y: box.y + box.height / 2 },
  ];
  const at = (id: string, x: number, y: number): Machine => {
    const box = { x, y, ...machine };
    return { id, ...box, tap: onCable(box) };
  };

  const laptop = { ...at('internet', 2, top), tap: [] };
  const router = at('router', 142, top);
  const vm = at('vm', 142, top + 92);
  const machines = [laptop, router, vm];
  let outside = vm.y + 92;
  const balancers = withBalancer(model).map((service) => {
    const box = at(`lb:${service.id}`, 142, outside);
    outside += 92;
    return { ...box, service: service.id, pending: service.addresses.length === 0 };
  });
  if (model.controlPlane) machines.push(at('control-plane', 142, outside + 8));

  const services = serviceBoxes(model, inside, top, insideWidth, insideWidth >= 460 ? 2 : 1);
  let y = services.bottom + (model.services.length > 0 ? 14 : 0);
  const nodes = model.nodes.map((node) => {
    const box = nodeBox(node, inside, y, insideWidth, (wall) => [wall, { x: cableX, y: wall.y }]);
    y += box.height + 14;
    return box;
  });
  const folded = foldedRows(model.folded, inside, y, insideWidth, cableX);
  y = folded.bottom;
  const height = Math.max(y, outside + (model.controlPlane ? 66 : 0)) + 4;
  const taps = [...machines, ...balancers, ...nodes, ...folded.boxes].flatMap((m) => m.tap.slice(-1)).map((point) => point.y);
  return {
    width,
    height,
    narrow: false,
    machines,
    nodes,
    folded: folded.boxes,
    services: services.boxes,
    balancers,
    edge: [
      { x: edgeX, y: 4 },
      { x: edgeX, y: height - 4 },
    ],
    cable: [
      { x: cableX, y: Math.min(...taps) },
      { x: cableX, y: Math.max(...taps) },
    ],
    uplink: [
      { x: laptop.x + laptop.width, y: laptop.y + laptop.height / 2 },
      { x: router.x, y: router.y + router.height / 2 },
    ],
  };
}

function narrowLayout(model: Parts, width: number): Layout {
  const top = 26;
  const spine = 8;
  const gap = 16;
  const column = (width - 24 - gap) / 2;
  const size = { width: column, height: 44 };
  const laptop: Machine = { id: 'internet', x: 4, y: top, ...size, tap: [] };
  const routerBox = { x: 4 + column + gap, y: top, ...size };
  const lower = [
    'vm',
    ...withBalancer(model).map((service) => `lb:${service.id}`),
    ...(model.controlPlane ? ['control-plane'] : []),
  ];
  const rows = Math.ceil(lower.length / 2);
  const cableY = top + size.height + 16 + rows * (size.height + 16);
  const drop = (box: Box): Point[] => [
    { x: box.x + box.width - 12, y: box.y + box.height },
    { x: box.x + box.width - 12, y: cableY },
  ];
  // The router's cable runs down at the right margin, past the machines below it.
  const routerTap = [
    { x: routerBox.x + column, y: top + size.height / 2 },
    { x: width - 4, y: top + size.height / 2 },
    { x: width - 4, y: cableY },
  ];
  const router: Machine = { id: 'router', ...routerBox, tap: routerTap };
  const below = lower.map((id, index): Machine => {
    const box = {
      x: 4 + (index % 2) * (column + gap),
      y: top + size.height + 16 + Math.floor(index / 2) * (size.height + 16),
      ...size,
    };
    return { id, ...box, tap: drop(box) };
  });
  const edgeY = cableY + 16;
  const services = serviceBoxes(model, 22, edgeY + 28, width - 24, 1);
  let y = services.bottom + (model.services.length > 0 ? 6 : 0);
  const nodes = model.nodes.map((node) => {
    const box = nodeBox(node, 22, y, width - 24, (wall) => [wall, { x: spine, y: wall.y }]);
    y += box.height + 12;
    return box;
  });
  const folded = foldedRows(model.folded, 22, y, width - 24, spine);
  y = folded.bottom;
  const last = [...nodes, ...folded.boxes].at(-1)?.tap.at(-1)?.y ?? cableY;
  return {
    width,
    height: y + 2,
    narrow: true,
    machines: [laptop, router, ...below.filter((machine) => !machine.id.startsWith('lb:'))],
    nodes,
    folded: folded.boxes,
    services: services.boxes,
    balancers: withBalancer(model).map((service) => ({
      ...below.find((machine) => machine.id === `lb:${service.id}`)!,
      service: service.id,
      pending: service.addresses.length === 0,
    })),
    edge: [
      { x: 2, y: edgeY },
      { x: width - 2, y: edgeY },
    ],
    cable: [
      { x: width - 4, y: cableY },
      { x: spine, y: cableY },
      { x: spine, y: last },
    ],
    uplink: [
      { x: laptop.x + laptop.width, y: laptop.y + laptop.height / 2 },
      { x: router.x, y: router.y + router.height / 2 },
    ],
  };
}
