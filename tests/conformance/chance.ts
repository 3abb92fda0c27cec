/** Why a recorded answer can be met by chance only, and what is left of it to compare. */
export interface Chance {
  readonly why: string;
  /** The text without what is up to chance; lines may be sorted. */
  readonly without: (text: string) => string;
}

const sortedLines = (text: string): string => text.split('\n').sort().join('\n');

const containerIDs: Chance = {
  why: 'a container id is a hash of the pod’s uid, which the recording does not show',
  without: (text) => text.replace(/containerd:\/\/[0-9a-f]{64}/g, 'containerd://'),
};
const eventNames: Chance = {
  why: 'an event’s name holds its time in nanoseconds',
  without: (text) => text.replace(/\.[0-9a-f]{16}\b/g, ''),
};
const sliceOrder: Chance = { why: 'slices come in the order of their generated names', without: (text) => sortedLines(text) };
const sliceOrderInLine: Chance = {
  why: sliceOrder.why,
  without: (text) => text.replace(/[\d.]+:(\d+),[\d.]+:\d+,[\d.]+:\d+/g, ':$1'),
};
const survivors: Chance = {
  why: 'of equally old pods a ReplicaSet ends those with the smaller uids first, which the recording does not show',
  // they may be of one slice or of two
  without: (text) =>
    text
      .replace(/^test-.*\n/gm, '')
      .replace(/10\.244\.[\d.]+/g, '10.244.x.x')
      .replace(/ +/g, ' '),
};
const mapOrder: Chance = { why: 'kubectl prints a Go map in random order', without: sortedLines };
const repairRace: Chance = {
  why: 'the API server’s repair loop may see a Service before its address',
  without: (text) => text.replace(/^Events:[^]*/m, ''),
};
const oneConnection: Chance = {
  why: 'one connection’s backend is chosen at random, and its answers come from there',
  without: (text) => text.replace(/sport=\d+ (dport=\d+) src=\S+ dst=\S+ sport=\d+ dport=\d+/g, '$1'),
};
const continueToken: Chance = {
  why: 'a continue token holds a resourceVersion in base64',
  without: (text) =>
    text.replace(/"continue":"([\w-]+)"/g, (_, token: string) => {
      const { rv, ...rest } = JSON.parse(Buffer.from(token, 'base64url').toString()) as { rv: number };
      return `"continue":${JSON.stringify({ ...rest, rv: typeof rv })}`;
    }),
};

/** By recording and step. */
export const chance: Readonly<Record<string, Readonly<Record<number, Chance>>>> = {
  '05-output-formats.json': { 83: repairRace },
  '11-patch-label-annotate.json': { 71: mapOrder },
  '14-create-run-misc.json': { 33: continueToken },
  '26-nodes-ns-events-watch.json': { 25: eventNames, 38: containerIDs },
  '29-many-endpoints.json': { 6: sliceOrderInLine, 7: sliceOrder, 10: survivors, 11: survivors, 12: survivors },
  '62a-flow-lb.json': { 101: oneConnection },
  '62d-flow-lb-octavia.json': { 49: oneConnection },
  '68a-flow-udp.json': { 27: oneConnection },
  '73b-random-commands-valid.json': {
    32: containerIDs,
    66: containerIDs,
    72: containerIDs,
    93: containerIDs,
    115: containerIDs,
  },
};
