import type { Json } from '../../cluster/apimachinery/object';
import { KubectlError } from '../errors';
import { flag } from '../flags';
import { generator } from './generate';

export const createDeployment = generator({
  name: 'deployment',
  aliases: ['deploy'],
  short: 'Create a deployment with the specified name',
  use: 'NAME --image=image -- [COMMAND] [args...]',
  examples: ['kubectl create deployment web --image=nginx:1.27 --replicas=3 --port=80'],
  flags: [
    flag('image', 'list', 'Image names.', { required: true }),
    flag('port', 'int32', 'Port of the container.', { default: '-1' }),
    flag('replicas', 'int32', 'Number of pods.', { short: 'r', default: '1' }),
  ],
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  resource: 'deployments',
  failure: 'failed to create deployment: ',
  anyName: true,
  build: ({ flags, session }, name, command) => {
    const images = flags.list('image');
    if (images.length > 1 && command.length > 0) throw new KubectlError('cannot specify multiple --image options and command');
    const port = flags.number('port');
    const labels = { app: name };
    const containers = images.map((image, index): Json => ({
      name: containerName(image, session.now + index),
      image,
      ...(command.length > 0 && { command }),
      ...(port >= 0 && index === 0 && { ports: [{ containerPort: port }] }),
      resources: {},
    }));
    return {
      metadata: { name, labels },
      spec: {
        replicas: flags.number('replicas'),
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers } },
        strategy: {},
      },
      status: {},
    };
  },
});

/** Letters of generated names. */
const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

/**
 * `nginx` of `registry.example.com/web/nginx:1.27`. What is not fit for a name is replaced, and then the name gets a random end, here
 * one that follows from the seed.
 */
function containerName(image: string, seed: number): string {
  const last = (image.split('/').at(-1) as string).split(':')[0]?.split('@')[0] ?? '';
  if (!/[_.]/.test(last)) return last;
  let end = '';
  for (let number = seed; end.length < 5; number = (number * 48271) % 0x7fffffff) end += LETTERS[number % LETTERS.length];
  return `${last.replace(/[_.]/g, '-')}-${end}`;
}
