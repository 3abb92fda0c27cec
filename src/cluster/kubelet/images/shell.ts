import type { Image } from './image';

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
    'registry.k8s.io/e2e-test-images/jessie-dnsutils',
    'registry.k8s.io/pause',
  ],
  apps: [],
  listen: (container) => {
    const command: string[] = [...(container.command ?? []), ...(container.args ?? [])];
    const stays =
      container.image.includes('pause') || container.stdin || command.some((word) => /sleep|tail|pause|while|sh$/.test(word));
    return stays ? [] : undefined;
  },
};
