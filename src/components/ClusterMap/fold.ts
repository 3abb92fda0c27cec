import type { MapModel } from './model';

/** Up to this many nodes are all drawn whole. */
const FEW = 5;

/**
 * The nodes that are drawn whole: all of a few; of many, those that the hosts given are or run on, and those the reader opened.
 * The others are folded to a name and a count.
 */
export function wholeNodes(model: MapModel, hosts: Iterable<string>, opened: ReadonlySet<string>): ReadonlySet<string> {
  if (model.nodes.length <= FEW) return new Set(model.nodes.map(({ id }) => id));
  const concerned = new Set(hosts);
  return new Set(
    model.nodes
      .filter(({ id, pods }) => opened.has(id) || concerned.has(id) || pods.some((pod) => concerned.has(pod.id)))
      .map(({ id }) => id),
  );
}
