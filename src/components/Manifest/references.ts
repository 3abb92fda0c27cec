import type { Json, KubeObject } from '../../cluster/apimachinery/object';
import { SERVICE_NAME } from '../../lab/behind';
import type { Path, Place } from './place';

/** The objects of a resource that the cluster has. */
export type ObjectsOf = (resource: string) => readonly KubeObject[];

/** Kinds by the resource whose objects they are. */
const KINDS: Record<string, string> = {
  configmaps: 'ConfigMap',
  deployments: 'Deployment',
  namespaces: 'Namespace',
  nodes: 'Node',
  pods: 'Pod',
  replicasets: 'ReplicaSet',
  secrets: 'Secret',
  serviceaccounts: 'ServiceAccount',
  services: 'Service',
};

/** Fields that hold the name of an object, by the type that has them. */
const NAMES: Record<string, string> = {
  'ConfigMapEnvSource.name': 'configmaps',
  'ConfigMapKeySelector.name': 'configmaps',
  'ConfigMapProjection.name': 'configmaps',
  'ConfigMapVolumeSource.name': 'configmaps',
  'Endpoint.nodeName': 'nodes',
  'LocalObjectReference.name': 'secrets',
  'ObjectMeta.namespace': 'namespaces',
  'PodSpec.nodeName': 'nodes',
  'PodSpec.serviceAccountName': 'serviceaccounts',
  'SecretEnvSource.name': 'secrets',
  'SecretKeySelector.name': 'secrets',
  'SecretProjection.name': 'secrets',
  'SecretVolumeSource.secretName': 'secrets',
};

/** Fields that hold labels, by the type that has them: whose labels. */
const LABELS: Record<string, 'pods' | 'nodes'> = {
  'LabelSelector.matchLabels': 'pods',
  'ObjectMeta.labels': 'pods',
  'PodSpec.nodeSelector': 'nodes',
  'ReplicationControllerSpec.selector': 'pods',
  'ServiceSpec.selector': 'pods',
};

/** What a manifest may refer to: what is in the cluster, and what the same file makes. */
export class References {
  private readonly namespace: string;

  constructor(
    private readonly place: Place,
    private readonly objectsOf: ObjectsOf,
  ) {
    this.namespace = place.document?.metadata?.namespace ?? 'default';
  }

  /** Keys of the map at `owner` that would mean something there. */
  keys(owner: string): string[] {
    const keys = this.labels(owner).flatMap((labels) => Object.keys(labels));
    if (owner === 'ObjectMeta.labels' && this.place.document?.kind === 'EndpointSlice') keys.unshift(SERVICE_NAME);
    return unique(keys);
  }

  /** Values for the field `owner` that would mean something there: names, labels, ports. */
  values(owner: string, path: Path): string[] {
    const key = path.at(-1);
    if (owner in LABELS) {
      if (key === SERVICE_NAME) return this.names('services');
      return unique(this.labels(owner).flatMap((labels) => (typeof key === 'string' ? [labels[key]] : [])));
    }
    if (owner === 'ServicePort.targetPort') return this.targetPorts();
    if (owner === 'CrossVersionObjectReference.name' || owner === 'ObjectReference.name') {
      const kind: unknown = at(this.place.document, path.slice(0, -1))?.kind;
      const resource = Object.keys(KINDS).find((plural) => KINDS[plural] === kind);
      return resource === undefined ? [] : this.names(resource);
    }
    // the endpoints of a Service have its name
    if (owner === 'ObjectMeta.name' && this.place.document?.kind === 'Endpoints' && path.length === 2)
      return this.names('services');
    const resource = NAMES[owner];
    return resource === undefined ? [] : this.names(resource);
  }

  private labels(owner: string): Record<string, string>[] {
    const resource = LABELS[owner];
    if (resource === undefined) return [];
    const written = resource === 'pods' ? this.podsOfFile().map(({ metadata }) => metadata) : [];
    return [...this.here(resource).map(({ metadata }) => metadata), ...written].map((metadata) => metadata?.labels ?? {});
  }

  private names(resource: string): string[] {
    const written = this.place.documents.filter((document) => document?.kind === KINDS[resource]);
    return unique([...this.here(resource), ...written].map((object: Json) => object.metadata?.name));
  }

  /** The ports of the pods that the Service selects: by name, then by number. */
  private targetPorts(): string[] {
    const selector: Record<string, string> = this.place.document?.spec?.selector ?? {};
    const ports = [...this.here('pods'), ...this.podsOfFile()]
      .filter(({ metadata }: Json) => Object.entries(selector).every(([key, value]) => metadata?.labels?.[key] === value))
      .flatMap(({ spec }: Json) => list(spec?.containers))
      .flatMap((container) => list(container?.ports));
    return unique([...ports.map((port) => port?.name), ...ports.map((port) => port?.containerPort)]);
  }

  private here(resource: string): Json[] {
    return this.objectsOf(resource).filter(({ metadata }) => (metadata.namespace ?? this.namespace) === this.namespace);
  }

  /** Pods of the same file: written as such, or as the template of something that makes them. */
  private podsOfFile(): Json[] {
    return this.place.documents.flatMap((document) => (document?.kind === 'Pod' ? document : (document?.spec?.template ?? [])));
  }
}

const list = (value: Json): Json[] => (Array.isArray(value) ? value : []);
const at = (document: Json, path: Path): Json => path.reduce((value: Json, part) => value?.[part], document);
const unique = (values: readonly Json[]): string[] => [
  ...new Set(values.filter((value) => value !== undefined && value !== '').map(String)),
];
