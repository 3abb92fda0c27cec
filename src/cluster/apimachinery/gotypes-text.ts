/**
 * Go's types of pods and of metadata, as k8s.io/api/core/v1 and apimachinery/pkg/apis/meta/v1 declare them (1.36), one a line: its name
 * (`!`: owned as a whole), then its fields in their order. A field is `json/Go:type#keys`: the Go name where it is not the JSON name with
 * a capital, the type where it is not string, and the list's keys. `+Type` is embedded; `A=B` has B's fields.
 *
 * Types: `*` pointer, `[]` list, then b bool, i int32, l int64, q Quantity, t Time, I IntOrString, M map of strings, R ResourceList,
 * `=Name` a string type, `~Name` a struct that nothing here looks into (`~` alone: named after its field, with VolumeSource), or a struct.
 */
export const GO_TYPES = `
PodTemplateSpec metadata/ObjectMeta:ObjectMeta spec:PodSpec
ObjectMeta name generateName namespace selfLink uid/UID:=types.UID resourceVersion generation:l creationTimestamp:t
  deletionTimestamp:*t deletionGracePeriodSeconds:*l labels:M annotations:M ownerReferences:[]OwnerReference#uid finalizers:[]#
  managedFields:[]ManagedFieldsEntry
OwnerReference! apiVersion/APIVersion kind name uid/UID:=types.UID controller:*b blockOwnerDeletion:*b
ManagedFieldsEntry manager operation:=ManagedFieldsOperationType apiVersion/APIVersion time:*t fieldsType fieldsV1:*~FieldsV1
  subresource
PodSpec volumes:[]Volume#name initContainers:[]Container#name containers:[]Container#name
  ephemeralContainers:[]EphemeralContainer#name restartPolicy:=RestartPolicy terminationGracePeriodSeconds:*l
  activeDeadlineSeconds:*l dnsPolicy/DNSPolicy:=DNSPolicy nodeSelector:M! serviceAccountName
  serviceAccount/DeprecatedServiceAccount automountServiceAccountToken:*b nodeName hostNetwork:b hostPID:b hostIPC:b
  shareProcessNamespace:*b securityContext:*PodSecurityContext imagePullSecrets:[]LocalObjectReference#name hostname subdomain
  affinity:*Affinity schedulerName tolerations:[]Toleration hostAliases:[]HostAlias#ip priorityClassName priority:*i
  dnsConfig/DNSConfig:*PodDNSConfig readinessGates:[]PodReadinessGate runtimeClassName:* enableServiceLinks:*b
  preemptionPolicy:*=PreemptionPolicy overhead:R
  topologySpreadConstraints:[]TopologySpreadConstraint#topologyKey,whenUnsatisfiable setHostnameAsFQDN:*b os/OS:*PodOS
  hostUsers:*b schedulingGates:[]PodSchedulingGate#name resourceClaims:[]PodResourceClaim#name resources:*ResourceRequirements
  hostnameOverride:* schedulingGroup:*PodSchedulingGroup
Volume name +VolumeSource
VolumeSource hostPath:*HostPathVolumeSource emptyDir:*EmptyDirVolumeSource gcePersistentDisk/GCEPersistentDisk:*~
  awsElasticBlockStore/AWSElasticBlockStore:*~ gitRepo:*~ secret:*SecretVolumeSource nfs/NFS:*NFSVolumeSource iscsi/ISCSI:*~
  glusterfs:*~ persistentVolumeClaim:*PersistentVolumeClaimVolumeSource rbd/RBD:*~ flexVolume:*~FlexVolumeSource cinder:*~
  cephfs/CephFS:*~ flocker:*~ downwardAPI:*DownwardAPIVolumeSource fc/FC:*~ azureFile:*~ configMap:*ConfigMapVolumeSource
  vsphereVolume:*~VsphereVirtualDiskVolumeSource quobyte:*~ azureDisk:*~ photonPersistentDisk:*~
  projected:*ProjectedVolumeSource portworxVolume:*~PortworxVolumeSource scaleIO:*~ storageos/StorageOS:*~
  csi/CSI:*CSIVolumeSource ephemeral:*~ image:*ImageVolumeSource
HostPathVolumeSource path type:*=HostPathType
EmptyDirVolumeSource medium:=StorageMedium sizeLimit:*q
SecretVolumeSource secretName items:[]KeyToPath defaultMode:*i optional:*b
KeyToPath key path mode:*i
NFSVolumeSource server path readOnly:b
PersistentVolumeClaimVolumeSource claimName readOnly:b
DownwardAPIVolumeSource items:[]DownwardAPIVolumeFile defaultMode:*i
DownwardAPIVolumeFile path fieldRef:*ObjectFieldSelector resourceFieldRef:*ResourceFieldSelector mode:*i
ObjectFieldSelector! apiVersion/APIVersion fieldPath
ResourceFieldSelector! containerName resource divisor:q
ConfigMapVolumeSource +LocalObjectReference items:[]KeyToPath defaultMode:*i optional:*b
LocalObjectReference! name
ProjectedVolumeSource sources:[]VolumeProjection defaultMode:*i
VolumeProjection secret:*SecretProjection downwardAPI:*DownwardAPIProjection configMap:*ConfigMapProjection
  serviceAccountToken:*ServiceAccountTokenProjection clusterTrustBundle:*~ClusterTrustBundleProjection
  podCertificate:*~PodCertificateProjection
SecretProjection +LocalObjectReference items:[]KeyToPath optional:*b
DownwardAPIProjection items:[]DownwardAPIVolumeFile
ConfigMapProjection +LocalObjectReference items:[]KeyToPath optional:*b
ServiceAccountTokenProjection audience expirationSeconds:*l path
CSIVolumeSource driver readOnly:*b fsType/FSType:* volumeAttributes:M nodePublishSecretRef:*LocalObjectReference
ImageVolumeSource reference pullPolicy:=PullPolicy
Container name image command:[] args:[] workingDir ports:[]ContainerPort#containerPort,protocol=TCP envFrom:[]EnvFromSource
  env:[]EnvVar#name resources:ResourceRequirements resizePolicy:[]ContainerResizePolicy restartPolicy:*=ContainerRestartPolicy
  restartPolicyRules:[]ContainerRestartRule volumeMounts:[]VolumeMount#mountPath volumeDevices:[]VolumeDevice#devicePath
  livenessProbe:*Probe readinessProbe:*Probe startupProbe:*Probe lifecycle:*Lifecycle terminationMessagePath
  terminationMessagePolicy:=TerminationMessagePolicy imagePullPolicy:=PullPolicy securityContext:*SecurityContext stdin:b
  stdinOnce:b tty/TTY:b
ContainerPort name hostPort:i containerPort:i protocol:=Protocol hostIP
EnvFromSource prefix configMapRef:*ConfigMapEnvSource secretRef:*SecretEnvSource
ConfigMapEnvSource +LocalObjectReference optional:*b
SecretEnvSource +LocalObjectReference optional:*b
EnvVar name value valueFrom:*EnvVarSource
EnvVarSource fieldRef:*ObjectFieldSelector resourceFieldRef:*ResourceFieldSelector configMapKeyRef:*ConfigMapKeySelector
  secretKeyRef:*SecretKeySelector fileKeyRef:*FileKeySelector
ConfigMapKeySelector! +LocalObjectReference key optional:*b
SecretKeySelector! +LocalObjectReference key optional:*b
FileKeySelector! volumeName path key optional:*b
ResourceRequirements limits:R requests:R claims:[]ResourceClaim#name
ResourceClaim name request
ContainerResizePolicy resourceName:=ResourceName restartPolicy:=ResourceResizeRestartPolicy
ContainerRestartRule action:=ContainerRestartRuleAction exitCodes:*ContainerRestartRuleOnExitCodes
ContainerRestartRuleOnExitCodes operator:=ContainerRestartRuleOnExitCodesOperator values:[]i#
VolumeMount name readOnly:b recursiveReadOnly:*=RecursiveReadOnlyMode mountPath subPath mountPropagation:*=MountPropagationMode
  subPathExpr
VolumeDevice name devicePath
Probe +ProbeHandler initialDelaySeconds:i timeoutSeconds:i periodSeconds:i successThreshold:i failureThreshold:i
  terminationGracePeriodSeconds:*l
ProbeHandler exec:*ExecAction httpGet/HTTPGet:*HTTPGetAction tcpSocket/TCPSocket:*TCPSocketAction grpc/GRPC:*GRPCAction
ExecAction command:[]
HTTPGetAction path port:I host scheme:=URIScheme httpHeaders/HTTPHeaders:[]HTTPHeader
HTTPHeader name value
TCPSocketAction port:I host
GRPCAction port:i service:*
Lifecycle postStart:*LifecycleHandler preStop:*LifecycleHandler stopSignal:*=Signal
LifecycleHandler exec:*ExecAction httpGet/HTTPGet:*HTTPGetAction tcpSocket/TCPSocket:*TCPSocketAction sleep:*SleepAction
SleepAction seconds:l
SecurityContext capabilities:*Capabilities privileged:*b seLinuxOptions/SELinuxOptions:*SELinuxOptions
  windowsOptions:*~WindowsSecurityContextOptions runAsUser:*l runAsGroup:*l runAsNonRoot:*b readOnlyRootFilesystem:*b
  allowPrivilegeEscalation:*b procMount:*=ProcMountType seccompProfile:*SeccompProfile appArmorProfile:*AppArmorProfile
Capabilities add:[]=Capability drop:[]=Capability
SELinuxOptions user role type level
SeccompProfile type:=SeccompProfileType localhostProfile:*
AppArmorProfile type:=AppArmorProfileType localhostProfile:*
EphemeralContainer +EphemeralContainerCommon targetContainerName
EphemeralContainerCommon=Container
PodSecurityContext seLinuxOptions/SELinuxOptions:*SELinuxOptions windowsOptions:*~WindowsSecurityContextOptions runAsUser:*l
  runAsGroup:*l runAsNonRoot:*b supplementalGroups:[]l supplementalGroupsPolicy:*=SupplementalGroupsPolicy fsGroup/FSGroup:*l
  sysctls:[]Sysctl fsGroupChangePolicy/FSGroupChangePolicy:*=PodFSGroupChangePolicy seccompProfile:*SeccompProfile
  appArmorProfile:*AppArmorProfile seLinuxChangePolicy/SELinuxChangePolicy:*=PodSELinuxChangePolicy
Sysctl name value
Affinity nodeAffinity:*NodeAffinity podAffinity:*PodAffinity podAntiAffinity:*PodAntiAffinity
NodeAffinity requiredDuringSchedulingIgnoredDuringExecution:*NodeSelector
  preferredDuringSchedulingIgnoredDuringExecution:[]PreferredSchedulingTerm
NodeSelector! nodeSelectorTerms:[]NodeSelectorTerm
NodeSelectorTerm! matchExpressions:[]NodeSelectorRequirement matchFields:[]NodeSelectorRequirement
NodeSelectorRequirement key operator:=NodeSelectorOperator values:[]
PreferredSchedulingTerm weight:i preference:NodeSelectorTerm
PodAffinity requiredDuringSchedulingIgnoredDuringExecution:[]PodAffinityTerm
  preferredDuringSchedulingIgnoredDuringExecution:[]WeightedPodAffinityTerm
PodAffinityTerm labelSelector:*LabelSelector namespaces:[] topologyKey namespaceSelector:*LabelSelector matchLabelKeys:[]
  mismatchLabelKeys:[]
LabelSelector! matchLabels:M matchExpressions:[]LabelSelectorRequirement
LabelSelectorRequirement key operator:=LabelSelectorOperator values:[]
WeightedPodAffinityTerm weight:i podAffinityTerm:PodAffinityTerm
PodAntiAffinity=PodAffinity
Toleration key operator:=TolerationOperator value effect:=TaintEffect tolerationSeconds:*l
HostAlias ip/IP hostnames:[]
PodDNSConfig nameservers:[] searches:[] options:[]PodDNSConfigOption
PodDNSConfigOption name value:*
PodReadinessGate conditionType:=PodConditionType
TopologySpreadConstraint maxSkew:i topologyKey whenUnsatisfiable:=UnsatisfiableConstraintAction labelSelector:*LabelSelector
  minDomains:*i nodeAffinityPolicy:*=NodeInclusionPolicy nodeTaintsPolicy:*=NodeInclusionPolicy matchLabelKeys:[]
PodOS name:=OSName
PodSchedulingGate name
PodResourceClaim name resourceClaimName:* resourceClaimTemplateName:*
PodSchedulingGroup podGroupName:*
DeploymentStatus observedGeneration:l replicas:i updatedReplicas:i readyReplicas:i availableReplicas:i unavailableReplicas:i
  terminatingReplicas:*i conditions:[]DeploymentCondition#type collisionCount:*i
DeploymentCondition type status lastUpdateTime:t lastTransitionTime:t reason message
ReplicaSetStatus replicas:i fullyLabeledReplicas:i readyReplicas:i availableReplicas:i terminatingReplicas:*i observedGeneration:l
  conditions:[]ReplicaSetCondition#type
ReplicaSetCondition type status lastTransitionTime:t reason message
PodStatus observedGeneration:l phase conditions:[]PodCondition#type message reason nominatedNodeName hostIP hostIPs:[]HostIP#ip podIP
  podIPs:[]PodIP#ip startTime:*t initContainerStatuses:[]~ContainerStatus containerStatuses:[]~ContainerStatus qosClass
  ephemeralContainerStatuses:[]~ContainerStatus resize
HostIP! ip/IP
PodIP! ip/IP
PodCondition type observedGeneration:l status lastProbeTime:t lastTransitionTime:t reason message
`;
