import type { Json } from '../apimachinery/object';
import type { Resource } from './discovery';

/** A schema of OpenAPI v3. */
export type Definition = Record<string, Json>;

/** The types of the Kubernetes API by their names in OpenAPI documents: `io.k8s.api.core.v1.ServicePort`. */
export type Definitions = Readonly<Record<string, Definition>>;

/** Of a group: `apis/apps/v1`, `apps`, `v1`. */
export interface GroupVersion {
  path: string;
  group: string;
  version: string;
}

/** The definitions, and what makes the document of a group's version from them. */
export interface Descriptions {
  readonly definitions: Definitions;
  readonly documentOf: (known: Definitions, at: GroupVersion, resources: readonly Resource[]) => Json;
}

let source: () => Descriptions | undefined = () => undefined;

/**
 * Says where the descriptions come from. They weigh more than the whole simulator and are the same for every cluster, so they are not a
 * part of it. `from` is asked whenever a client wants them, and answers undefined until it has them.
 */
export function provideDescriptions(from: () => Descriptions | undefined): void {
  source = from;
}

export const descriptions = (): Descriptions | undefined => source();
