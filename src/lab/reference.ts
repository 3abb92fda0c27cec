import type { Json, KubeObject } from '../cluster/apimachinery/object';
import type { Cluster } from '../cluster/cluster';
import { RESOURCES } from '../cluster/apiserver/resources';
import { definitionsLoaded } from './definitions';

/** A kind of which objects can be made. */
export interface ServedKind {
  /** `v1`, `apps/v1` */
  apiVersion: string;
  kind: string;
}

/** What the API has to say to somebody who writes a manifest. */
export interface Reference {
  /** In the order of discovery. */
  kinds(): readonly ServedKind[];
  /** The schemas of a group version by their names in its OpenAPI document; undefined when there are none, or they could not be loaded. */
  schemas(apiVersion: string): Promise<Readonly<Record<string, Json>> | undefined>;
  /** The objects there are of a resource (`services`), in all namespaces. */
  objects(resource: string): readonly KubeObject[];
}

export function referenceOf(cluster: () => Cluster): Reference {
  return {
    kinds: () =>
      RESOURCES.filter(({ verbs }) => verbs?.includes('create') ?? true).map(({ group, version, kind }) => ({
        apiVersion: group === '' ? version : `${group}/${version}`,
        kind,
      })),
    async schemas(apiVersion) {
      const path = `/openapi/v3/${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion}`;
      const ask = () => cluster().api.handle({ method: 'GET', path });
      let answer = ask();
      if (answer.status === 503) {
        await definitionsLoaded();
        answer = ask();
      }
      return answer.status === 200 ? (answer.body.components.schemas as Record<string, Json>) : undefined;
    },
    objects: (resource) => cluster().client.list(resource),
  };
}
