import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Json } from '../apimachinery/object';
import type { Random } from '../random';

export interface NodeSpec {
  name: string;
  internalIP: string;
  podCIDR: string;
  /** What a cloud calls the part of its region that the node stands in. */
  zone?: string;
}

/** A Node as its kubelet registers it. @param time RFC 3339 */
export function nodeObject({ name, internalIP, podCIDR, zone }: NodeSpec, time: string, random: Random): Json {
  const machine = random.uuid();
  const condition = (type: string, status: string, reason: string, message: string) => ({
    lastHeartbeatTime: time,
    lastTransitionTime: time,
    message,
    reason,
    status,
    type,
  });
  return {
    metadata: {
      name,
      annotations: { 'node.alpha.kubernetes.io/ttl': '0', 'volumes.kubernetes.io/controller-managed-attach-detach': 'true' },
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        ...(zone !== undefined && { 'topology.kubernetes.io/zone': zone }),
      },
    },
    spec: { podCIDR, podCIDRs: [podCIDR] },
    status: {
      addresses: [
        { address: internalIP, type: 'InternalIP' },
        { address: name, type: 'Hostname' },
      ],
      allocatable: {
        cpu: '4',
        'ephemeral-storage': '46651590989',
        'hugepages-1Gi': '0',
        'hugepages-2Mi': '0',
        memory: '8031380Ki',
        pods: '110',
      },
      capacity: {
        cpu: '4',
        'ephemeral-storage': '50620216Ki',
        'hugepages-1Gi': '0',
        'hugepages-2Mi': '0',
        memory: '8133780Ki',
        pods: '110',
      },
      conditions: [
        condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
        condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
        condition('PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
        condition('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'),
      ],
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
      nodeInfo: {
        architecture: 'amd64',
        bootID: random.uuid(),
        containerRuntimeVersion: 'containerd://2.1.4',
        kernelVersion: '6.1.0-amd64',
        kubeProxyVersion: '',
        kubeletVersion: 'v1.36.2',
        machineID: bytesToHex(sha256(utf8ToBytes(name))).slice(0, 32),
        operatingSystem: 'linux',
        osImage: 'Debian GNU/Linux 12 (bookworm)',
        systemUUID: machine,
      },
    },
  };
}
