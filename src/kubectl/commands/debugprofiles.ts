import type { Json } from '../../cluster/apimachinery/object';

/** How a debugging container comes to be. */
export type DebugStyle = 'node' | 'copy' | 'ephemeral';

/** What `--keep-...` says of a copy. */
export type Keep = Record<'labels' | 'annotations' | 'liveness' | 'readiness' | 'startup' | 'initContainers', boolean>;

type Profile = (pod: Json, container: Json, style: DebugStyle, keep: Keep) => void;

/** What each profile makes of a pod and its debugging container. Upstream: kubectl/pkg/cmd/debug/profiles.go. */
export const profiles: Readonly<Record<string, Profile>> = {
  legacy(pod, container, style) {
    if (style === 'node') {
      mountRoot(pod, container);
      useHostNamespaces(pod);
    } else if (style === 'copy') delete pod.metadata.labels;
  },
  general(pod, container, style, keep) {
    if (style === 'node') {
      mountRoot(pod, container);
      delete container.securityContext;
      useHostNamespaces(pod);
    } else addCapabilities(container, 'SYS_PTRACE');
    if (style === 'copy') strip(pod, keep);
  },
  baseline(pod, container, style, keep) {
    delete container.securityContext;
    if (style === 'copy') strip(pod, keep);
  },
  restricted(pod, container, style, keep) {
    container.securityContext = {
      capabilities: { drop: ['ALL'] },
      runAsNonRoot: true,
      allowPrivilegeEscalation: false,
      seccompProfile: { type: 'RuntimeDefault' },
    };
    if (style === 'copy') strip(pod, keep);
  },
  netadmin(pod, container, style, keep) {
    addCapabilities(container, 'NET_ADMIN', 'NET_RAW');
    if (style === 'node') useHostNamespaces(pod);
    if (style === 'copy') strip(pod, keep);
  },
  sysadmin(pod, container, style, keep) {
    container.securityContext = { ...container.securityContext, privileged: true };
    if (style === 'node') {
      useHostNamespaces(pod);
      mountRoot(pod, container);
    }
    if (style === 'copy') strip(pod, keep);
  },
};

function mountRoot({ spec }: Json, container: Json): void {
  spec.volumes = [...(spec.volumes ?? []), { name: 'host-root', hostPath: { path: '/' } }];
  container.volumeMounts = [...(container.volumeMounts ?? []), { name: 'host-root', mountPath: '/host' }];
}

function useHostNamespaces({ spec }: Json): void {
  spec.hostNetwork = true;
  spec.hostPID = true;
  spec.hostIPC = true;
}

function addCapabilities(container: Json, ...names: string[]): void {
  const { securityContext } = container;
  const add = [...(securityContext?.capabilities?.add ?? []), ...names];
  container.securityContext = { ...securityContext, capabilities: { ...securityContext?.capabilities, add } };
}

/** A copy is no member of anything and is left alone. */
function strip({ metadata, spec }: Json, keep: Keep): void {
  if (!keep.labels) delete metadata.labels;
  if (!keep.annotations) delete metadata.annotations;
  for (const container of spec.containers) {
    if (!keep.liveness) delete container.livenessProbe;
    if (!keep.readiness) delete container.readinessProbe;
    if (!keep.startup) delete container.startupProbe;
  }
  if (!keep.initContainers) delete spec.initContainers;
  spec.shareProcessNamespace ??= true;
}
