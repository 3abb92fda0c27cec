/**
 * How lists and maps inside built-in kinds merge: what the Go types say in `patchStrategy` and `patchMergeKey` tags.
 * A field that is not named here is an atomic list, a plain map, or a scalar.
 */
export interface PatchSchema {
  /** Type of each field that holds a map or a list with something to say about its inside. */
  fields: Record<string, PatchField>;
}

export interface PatchField {
  /** Of lists: merged item by item with this key; an empty string for lists of scalars that merge as sets. */
  mergeKey?: string;
  /** Maps whose keys that are not in the patch are dropped (`$retainKeys`). */
  retainKeys?: boolean;
  /** Shape of the map, or of a list's items. */
  type?: PatchSchema;
}

const plain: PatchSchema = { fields: {} };
const merged = (mergeKey: string, type: PatchSchema = plain): PatchField => ({ mergeKey, type });
const inside = (type: PatchSchema): PatchField => ({ type });
const set: PatchField = { mergeKey: '' };

const metadata: PatchSchema = { fields: { ownerReferences: merged('uid'), finalizers: set } };

const container: PatchSchema = {
  fields: {
    ports: merged('containerPort'),
    env: merged('name'),
    volumeMounts: merged('mountPath'),
    volumeDevices: merged('devicePath'),
  },
};

const podSpec: PatchSchema = {
  fields: {
    volumes: { mergeKey: 'name', retainKeys: true, type: plain },
    initContainers: merged('name', container),
    containers: merged('name', container),
    ephemeralContainers: merged('name', container),
    imagePullSecrets: merged('name'),
    hostAliases: merged('ip'),
    topologySpreadConstraints: merged('topologyKey'),
    schedulingGates: merged('name'),
    resourceClaims: { mergeKey: 'name', retainKeys: true, type: plain },
  },
};

const conditions = merged('type');
const template: PatchSchema = { fields: { metadata: inside(metadata), spec: inside(podSpec) } };
const workload = (spec: Record<string, PatchField> = {}): PatchSchema => ({
  fields: {
    metadata: inside(metadata),
    spec: inside({ fields: { template: inside(template), ...spec } }),
    status: inside({ fields: { conditions } }),
  },
});

const kinds: Record<string, PatchSchema> = {
  Service: {
    fields: {
      metadata: inside(metadata),
      spec: inside({ fields: { ports: merged('port') } }),
      status: inside({ fields: { conditions } }),
    },
  },
  Pod: {
    fields: {
      metadata: inside(metadata),
      spec: inside(podSpec),
      status: inside({ fields: { conditions, podIPs: merged('ip'), hostIPs: merged('ip') } }),
    },
  },
  Deployment: workload({ strategy: { retainKeys: true, type: plain } }),
  ReplicaSet: workload(),
  Node: {
    fields: {
      metadata: inside(metadata),
      spec: inside({ fields: { podCIDRs: set } }),
      status: inside({ fields: { conditions, addresses: merged('type') } }),
    },
  },
  Namespace: { fields: { metadata: inside(metadata), status: inside({ fields: { conditions } }) } },
  ServiceAccount: { fields: { metadata: inside(metadata), secrets: merged('name') } },
};

const anyKind: PatchSchema = { fields: { metadata: inside(metadata) } };

/** The merge rules of a kind. Kinds without rules of their own have those of metadata. */
export function patchSchemaOf(kind: string): PatchSchema {
  return kinds[kind] ?? anyKind;
}

/** The rules of one field. */
export function patchFieldOf(schema: PatchSchema, field: string): PatchField {
  return schema.fields[field] ?? {};
}

export { plain as plainSchema };
