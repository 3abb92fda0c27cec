import type { Scenario } from '../types';
import { clientPod, testDeployment } from './manifests';

/** What a reader can choose about a cluster of their own. */
export interface PlaygroundOptions {
  /** 1 to 20. */
  nodes: number;
  cloud: 'openstack' | 'metallb' | 'none';
  proxyMode: 'iptables' | 'nftables';
  /** CoreDNS in pods behind the Service kube-dns. */
  addons: boolean;
  /** 1 to 999999. */
  seed: number;
}

export const playgroundDefaults: PlaygroundOptions = {
  nodes: 3,
  cloud: 'openstack',
  proxyMode: 'iptables',
  addons: false,
  seed: 1,
};

export const playgroundLimits = { nodes: 20, seed: 999_999 };

const service = `apiVersion: v1
kind: Service
metadata:
  name: test
spec:
  type: NodePort
  selector:
    app: test
  ports:
  - name: http
    port: 80
    targetPort: 5000
    nodePort: 30080
`;

const form = /^playground-(\d{1,2})-(openstack|metallb|none)-(iptables|nftables)(-dns)?-(\d{1,6})$/;

/** A playground's name says all about it, so that what was done in one is kept and shared like any other lab. */
export function playgroundName({ nodes, cloud, proxyMode, addons, seed }: PlaygroundOptions): string {
  return `playground-${nodes}-${cloud}-${proxyMode}${addons ? '-dns' : ''}-${seed}`;
}

/** The options that a playground's name stands for; undefined for any other name. */
export function playgroundOptions(name: string): PlaygroundOptions | undefined {
  const [, nodes, cloud, proxyMode, addons, seed] = form.exec(name) ?? [];
  const options = {
    nodes: Number(nodes),
    cloud: cloud as PlaygroundOptions['cloud'],
    proxyMode: proxyMode as PlaygroundOptions['proxyMode'],
    addons: addons !== undefined,
    seed: Number(seed),
  };
  return options.nodes >= 1 && options.nodes <= playgroundLimits.nodes && options.seed >= 1 ? options : undefined;
}

/** A cluster to one's own taste, with something behind a label to make Services for. */
export function playground(options: PlaygroundOptions): Scenario {
  const { nodes, cloud, proxyMode, addons, seed } = options;
  return {
    name: playgroundName(options),
    seed,
    nodes: Array.from({ length: nodes }, (_, index) => ({
      name: `node-${index + 1}`,
      internalIP: `192.168.0.${index + 11}`,
      podCIDR: `10.244.${index + 1}.0/24`,
    })),
    cloud,
    proxyMode,
    addons,
    manifests: [testDeployment(5000), clientPod],
    files: { 'test-service.yaml': service },
    goals: [],
  };
}
