import type { Image } from './image';
import { scriptLog } from './scriptlog';

/** Images that hold tools and no server: they run as long as their command does, and without one they end. */
export const shell: Image = {
  names: [
    'busybox',
    'gcr.io/google-containers/busybox',
    'radial/busyboxplus',
    'alpine',
    'debian',
    'ubuntu',
    'curlimages/curl',
    'nicolaka/netshoot',
    'registry.k8s.io/busybox',
    'registry.k8s.io/e2e-test-images/busybox',
    'infoblox/dnstools',
    'registry.k8s.io/e2e-test-images/jessie-dnsutils',
    'registry.k8s.io/pause',
  ],
  apps: [],
  userland(reference) {
    if (reference.includes('pause')) return 'none';
    if (/netshoot|dnsutils/.test(reference)) return 'bind';
    if (/google-containers|busyboxplus/.test(reference)) return 'busybox-old';
    const busybox = /(?:^|\/)busybox(?::(?:(\d+)\.(\d+))?)?/.exec(reference);
    if (busybox) return busybox[1] === '0' || Number(busybox[2] ?? 99) < 29 ? 'busybox-old' : 'busybox';
    return /debian|ubuntu/.test(reference) ? 'debian' : 'alpine';
  },
  listen: (container) => {
    const command: string[] = [...(container.command ?? []), ...(container.args ?? [])];
    const stays =
      container.image.includes('pause') ||
      container.stdin ||
      command.some((word) => /sleep|tail|pause|while|top|wait|sh$/.test(word));
    return stays ? [] : undefined;
  },
  startLog: ({ container }) => (container.image.includes('pause') ? [] : scriptLog(container)),
};
