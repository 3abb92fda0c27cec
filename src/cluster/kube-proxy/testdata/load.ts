import { readFileSync, readdirSync } from 'node:fs';
import type { Services } from '../iptables';
import { servicePorts } from '../service';

const testdata = new URL('./', import.meta.url);

/** Rules that a real kube-proxy 1.36.2 wrote (NAME.txt with iptables, NAME.nft with nftables) for the objects of NAME.json. */
export function cases(extension: 'txt' | 'nft'): string[] {
  return readdirSync(testdata)
    .filter((file) => file.endsWith(`.${extension}`))
    .map((file) => file.slice(0, -extension.length - 1));
}

export function load(name: string, extension: 'txt' | 'nft') {
  const { node, services, slices } = JSON.parse(readFileSync(new URL(`${name}.json`, testdata), 'utf8'));
  const byKey: Services = services.map((service: { metadata: { name: string } }) => [
    service.metadata.name,
    servicePorts(
      service as never,
      slices.filter(
        (s: { metadata: { labels: Record<string, string> } }) =>
          s.metadata.labels['kubernetes.io/service-name'] === service.metadata.name,
      ),
    ),
  ]);
  const input = {
    node: { name: node, ip: `192.168.0.1${node.slice(-1)}` },
    clusterCIDR: '10.244.0.0/16',
    serviceCIDR: '10.96.0.0/12',
  };
  return { input, services: byKey, real: readFileSync(new URL(`${name}.${extension}`, testdata), 'utf8') };
}
