interface Entry {
  readonly name: string;
  readonly load: number;
}

/** Nodes by how many pods they hold, the emptiest first, ties by name. Changes are cheap; entries gone stale are dropped when met. */
export class LoadHeap {
  readonly #load = new Map<string, number>();
  readonly #heap: Entry[] = [];

  /** Makes a node known (with no pods) or keeps its load. */
  add(name: string): void {
    if (!this.#load.has(name)) this.#set(name, 0);
  }

  /** Forgets a node. */
  delete(name: string): void {
    this.#load.delete(name);
  }

  load(name: string): number {
    return this.#load.get(name) ?? 0;
  }

  /** Counts pods on a node; nodes not made known yet are counted too, since pods may come first. */
  change(name: string, by: number): void {
    this.#set(name, this.load(name) + by);
  }

  /** The emptiest node that `fits`; undefined when none does. `fits` is asked about each node once at most. */
  first(fits: (name: string) => boolean): string | undefined {
    while (this.#heap.length > 0 && this.#isStale(this.#heap[0]!)) this.#pop();
    // nearly always: all nodes are alike
    const emptiest = this.#heap[0];
    if (!emptiest || fits(emptiest.name)) return emptiest?.name;
    const asked = emptiest.name;
    const seen = new Map<string, Entry>();
    let found: string | undefined;
    for (let entry = this.#heap[0]; entry && found === undefined; entry = this.#heap[0]) {
      this.#pop();
      if (this.#isStale(entry)) continue;
      // the same node may stand in the heap twice with one load: a second entry is stale as well
      if (seen.has(entry.name)) continue;
      seen.set(entry.name, entry);
      if (entry.name !== asked && fits(entry.name)) found = entry.name;
    }
    for (const entry of seen.values()) this.#push(entry);
    return found;
  }

  #isStale({ name, load }: Entry): boolean {
    return this.#load.get(name) !== load;
  }

  #set(name: string, load: number): void {
    this.#load.set(name, load);
    this.#push({ name, load });
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let index = heap.push(entry) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!before(entry, heap[parent]!)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = entry;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let index = 0;
    for (let child = 1; child < heap.length; child = 2 * index + 1) {
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
      if (!before(heap[child]!, last)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = last;
  }
}

function before(a: Entry, b: Entry): boolean {
  return a.load < b.load || (a.load === b.load && a.name < b.name);
}
