import type { Command } from '../command';
import { KubectlError } from '../errors';
import { flag } from '../flags';
import { createGenerated, exactlyOneName, generatorFlags } from './generate';

export const createDeployment: Command = {
  name: 'deployment',
  aliases: ['deploy'],
  short: 'Create a deployment with the specified name',
  use: 'NAME --image=image -- [COMMAND] [args...]',
  examples: ['kubectl create deployment web --image=nginx:1.27 --replicas=3 --port=80'],
  flags: [
    ...generatorFlags,
    flag('image', 'list', 'Image names.', { required: true }),
    flag('port', 'int', 'Port of the container.', { default: '-1' }),
    flag('replicas', 'int', 'Number of pods.', { short: 'r', default: '1' }),
  ],
  *run(invocation) {
    const { args, dash, flags, session } = invocation;
    const command = dash < 0 ? [] : args.slice(dash);
    const name = exactlyOneName({ ...invocation, args: dash < 0 ? args : args.slice(0, dash) });
    const images = flags.list('image');
    if (images.length > 1 && command.length > 0) throw new KubectlError('cannot specify multiple --image options and command');
    const replicas = flags.number('replicas');
    const port = flags.number('port');
    const labels = { app: name };
    const containers = images.map((image) => ({
      name: containerName(image),
      image,
      ...(command.length > 0 && { command }),
      ...(port >= 0 && { ports: [{ containerPort: port }] }),
      resources: {},
    }));
    const deployment = {
      kind: 'Deployment',
      apiVersion: 'apps/v1',
      metadata: { name, labels },
      spec: {
        replicas,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers } },
        strategy: {},
      },
      status: {},
    };
    createGenerated(invocation, session.discovery.find('deployments'), deployment, 'failed to create deployment');
  },
};

/** `nginx` of `registry.example.com/web/nginx:1.27`, made fit for a name. */
function containerName(image: string): string {
  const last = image.split('/').at(-1) ?? image;
  return (last.split(/[:@]/)[0] ?? last).replace(/[_.]/g, '-').toLowerCase();
}
