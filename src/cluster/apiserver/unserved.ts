import type { Kind, Subresource } from './kind';

/**
 * Kinds that a 1.36 server has and this simulator does not run. They are listed in discovery, so that clients resolve the same names;
 * there is never an object of them. One line a kind: `KIND[,VERB...] [n] [short=A,B] [in=CATEGORY] [sub=A,B] [stored=GROUP/VERSION]`,
 * where `n` means that its objects are in namespaces.
 */
const KINDS: Record<string, string> = {
  v1: `Binding n verbs=create
    ComponentStatus short=cs verbs=get,list
    LimitRange n short=limits
    PersistentVolume short=pv sub=status
    PersistentVolumeClaim n short=pvc sub=status
    PodTemplate n
    ReplicationController n short=rc in=all sub=scale,status
    ResourceQuota n short=quota sub=status`,
  'apiregistration.k8s.io/v1': 'APIService in=api-extensions sub=status',
  'apps/v1': `ControllerRevision n
    DaemonSet n short=ds in=all sub=status
    StatefulSet n short=sts in=all sub=scale,status`,
  'events.k8s.io/v1': 'Event n short=ev stored=v1',
  'authentication.k8s.io/v1': `SelfSubjectReview verbs=create
    TokenReview verbs=create`,
  'authorization.k8s.io/v1': `LocalSubjectAccessReview n verbs=create
    SelfSubjectAccessReview verbs=create
    SelfSubjectRulesReview verbs=create
    SubjectAccessReview verbs=create`,
  'autoscaling/v1': 'HorizontalPodAutoscaler n short=hpa in=all sub=status stored=autoscaling/v2',
  'batch/v1': `CronJob n short=cj in=all sub=status
    Job n in=all sub=status`,
  'certificates.k8s.io/v1': 'CertificateSigningRequest short=csr sub=approval,status',
  'networking.k8s.io/v1': `Ingress n short=ing sub=status
    IngressClass
    NetworkPolicy n short=netpol`,
  'policy/v1': 'PodDisruptionBudget n short=pdb sub=status',
  'rbac.authorization.k8s.io/v1': `ClusterRole
    ClusterRoleBinding
    Role n
    RoleBinding n`,
  'storage.k8s.io/v1': `CSIDriver
    CSINode
    CSIStorageCapacity n
    StorageClass short=sc
    VolumeAttachment sub=status
    VolumeAttributesClass short=vac`,
  'admissionregistration.k8s.io/v1': `MutatingAdmissionPolicy in=api-extensions stored=admissionregistration.k8s.io/v1beta1
    MutatingAdmissionPolicyBinding in=api-extensions stored=admissionregistration.k8s.io/v1beta1
    MutatingWebhookConfiguration in=api-extensions
    ValidatingAdmissionPolicy in=api-extensions sub=status
    ValidatingAdmissionPolicyBinding in=api-extensions
    ValidatingWebhookConfiguration in=api-extensions`,
  'apiextensions.k8s.io/v1':
    'CustomResourceDefinition short=crd,crds in=api-extensions sub=status stored=apiextensions.k8s.io/v1beta1',
  'scheduling.k8s.io/v1': 'PriorityClass short=pc',
  'node.k8s.io/v1': 'RuntimeClass',
  'resource.k8s.io/v1': `DeviceClass
    ResourceClaim n sub=status
    ResourceClaimTemplate n
    ResourceSlice`,
  'flowcontrol.apiserver.k8s.io/v1': `FlowSchema sub=status
    PriorityLevelConfiguration sub=status`,
};

let kinds: readonly Kind[] | undefined;

/** All of them, read when somebody first asks. */
export function unservedKinds(): readonly Kind[] {
  return (kinds ??= Object.entries(KINDS).flatMap(([groupVersion, lines]) =>
    lines.split('\n').map((line) => read(groupVersion, line.trim())),
  ));
}

function read(groupVersion: string, line: string): Kind {
  const [kind = '', ...words] = line.split(' ');
  const at = groupVersion.indexOf('/');
  const list = (name: string) =>
    words
      .find((word) => word.startsWith(`${name}=`))
      ?.slice(name.length + 1)
      .split(',');
  const [shortNames, categories, verbs, stored] = [list('short'), list('in'), list('verbs'), list('stored')];
  const subresources = list('sub') as Subresource[] | undefined;
  const singular = kind.toLowerCase();
  return {
    group: groupVersion.slice(0, Math.max(at, 0)),
    version: groupVersion.slice(at + 1),
    kind,
    plural: pluralOf(singular),
    singular,
    namespaced: words.includes('n'),
    ...(shortNames && { shortNames }),
    ...(categories && { categories }),
    ...(verbs && { verbs }),
    ...(subresources && { subresources }),
    ...(stored && { storageVersion: stored[0] }),
  };
}

/** Upstream: meta.UnsafeGuessKindToResource. */
function pluralOf(singular: string): string {
  if (singular.endsWith('s')) return `${singular}es`;
  return singular.endsWith('y') ? `${singular.slice(0, -1)}ies` : `${singular}s`;
}
