import { parseAllDocuments } from 'yaml';
import type { Json } from '../../cluster/apimachinery/object';
import type { Recording, Step } from './recording';

interface Sighting {
  /** Index of the step that shows it. */
  step: number;
  uid: string;
}

/**
 * The uids that a recording shows in its own output, for the objects of the same kind and name in a replay. A uid is chance, and some
 * answers follow from it: a container's id, the order of subsets, which pods a ReplicaSet ends first. With the chance of the recording
 * a replay must give those answers too; nothing else is taken over. Objects whose uid is never shown, or whose name is generated, keep
 * a random one.
 */
export class RecordedUids {
  readonly #sightings = new Map<string, Sighting[]>();
  #step = 0;

  constructor(private readonly recording: Recording) {
    recording.steps.forEach(({ stdout }, step) => {
      for (const [key, uid] of uidsIn(stdout)) {
        const known = this.#sightings.get(key) ?? [];
        if (!known.some((sighting) => sighting.uid === uid)) known.push({ step, uid });
        this.#sightings.set(key, known);
      }
    });
  }

  /** Tells which step runs. */
  enter(step: Step): void {
    this.#step = this.recording.steps.indexOf(step);
  }

  /** The uid of an object that is made now: the next one that the recording shows of this name. Each is given once. */
  next(kind: string, namespace: string | undefined, name: string): string | undefined {
    const known = this.#sightings.get(keyOf(kind, namespace, name)) ?? [];
    const index = known.findIndex(({ step }) => step >= this.#step);
    return index < 0 ? undefined : known.splice(index, 1)[0]!.uid;
  }
}

const keyOf = (kind: string, namespace: string | undefined, name: string): string => `${kind}/${namespace ?? ''}/${name}`;

/** What an output in YAML, KYAML or JSON says of uids: those of objects, and of what they refer to. */
function uidsIn(text: string): [key: string, uid: string][] {
  if (!/\buid"?: /.test(text) || !/^([{[]|---|apiVersion:)/.test(text)) return [];
  const found: [string, string][] = [];
  const visit = (value: Json): void => {
    if (typeof value !== 'object' || value === null) return;
    const { kind, metadata = {} } = value;
    const { name, namespace, uid } = metadata.uid ? metadata : value;
    if (kind && name && uid) found.push([keyOf(kind, namespace, name), uid]);
    Object.values(value).forEach(visit);
  };
  for (const document of parseAllDocuments(text))
    if ('errors' in document && document.errors.length === 0) visit(document.toJS());
  return found;
}
