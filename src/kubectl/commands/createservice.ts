import { dns1123Subdomain, portName, portNumber } from '../../cluster/apimachinery/names';
import type { Json } from '../../cluster/apimachinery/object';
import type { Command, Invocation } from '../command';
import { KubectlError } from '../errors';
import { flag } from '../flags';
import { generator } from './generate';

const tcp = flag('tcp', 'list', 'Ports as PORT or PORT:TARGETPORT.');

interface ServiceForm {
  name: string;
  short: string;
  type: string;
  use: string;
  flags: Command['flags'];
  /** Fields of the spec besides ports, selector and type. */
  fields(invocation: Invocation): Json;
  portsNeeded(invocation: Invocation): boolean;
}

const FORMS: readonly ServiceForm[] = [
  {
    name: 'clusterip',
    short: 'Create a ClusterIP service',
    type: 'ClusterIP',
    use: 'NAME [--tcp=<port>:<targetPort>] [--dry-run=server|client|none]',
    flags: [tcp, flag('clusterip', 'string', 'The cluster IP, or None for a headless service.')],
    fields: ({ flags }) => (flags.string('clusterip') ? { clusterIP: flags.string('clusterip') } : {}),
    portsNeeded: ({ flags }) => flags.string('clusterip') !== 'None',
  },
  {
    name: 'externalname',
    short: 'Create an ExternalName service',
    type: 'ExternalName',
    use: 'NAME --external-name external.name [--dry-run=server|client|none]',
    flags: [tcp, flag('external-name', 'string', 'DNS name the service stands for.', { required: true })],
    fields: ({ flags }) => {
      const externalName = flags.string('external-name');
      if (dns1123Subdomain(externalName).length > 0) throw new KubectlError(`invalid service external name ${externalName}`);
      return { externalName };
    },
    portsNeeded: () => false,
  },
  {
    name: 'loadbalancer',
    short: 'Create a LoadBalancer service',
    type: 'LoadBalancer',
    use: 'NAME [--tcp=port:targetPort] [--dry-run=server|client|none]',
    flags: [tcp],
    fields: () => ({}),
    portsNeeded: () => true,
  },
  {
    name: 'nodeport',
    short: 'Create a NodePort service',
    type: 'NodePort',
    use: 'NAME [--tcp=port:targetPort] [--dry-run=server|client|none]',
    flags: [tcp, flag('node-port', 'int', 'Port on each node.', { default: '0' })],
    fields: () => ({}),
    portsNeeded: () => true,
  },
];

export const createService: Command = {
  name: 'service',
  aliases: ['svc'],
  short: 'Create a service using a specified subcommand',
  use: '[flags] [options]',
  commands: FORMS.map(({ type, fields, portsNeeded, ...form }) =>
    generator({
      ...form,
      apiVersion: 'v1',
      kind: 'Service',
      resource: 'services',
      failure: `failed to create ${type} service: `,
      anyName: true,
      savesNothing: true,
      build: (invocation, name) => {
        const { flags } = invocation;
        const tcp = flags.list('tcp');
        if (tcp.length === 0 && portsNeeded(invocation))
          throw new KubectlError('at least one tcp port specifier must be provided');
        const { clusterIP, externalName } = fields(invocation);
        const ports = tcp.map((text) => parsePort(text, flags.number('node-port')));
        const labels = { app: name };
        return {
          metadata: { name, labels },
          spec: {
            ...(ports.length > 0 && { ports }),
            selector: labels,
            ...(clusterIP && { clusterIP }),
            type,
            ...(externalName && { externalName }),
          },
          status: { loadBalancer: {} },
        };
      },
    }),
  ),
};

function parsePort(text: string, nodePort: number): Json {
  const [first = '', second] = text.split(':');
  const problem = (reason: string) => new KubectlError(`strconv.ParseUint: parsing ${JSON.stringify(first)}: ${reason}`);
  if (!/^\d+$/.test(first)) throw problem('invalid syntax');
  if (Number(first) > 65535) throw problem('value out of range');
  const target = second === undefined ? first : (text.slice(text.indexOf(':') + 1).split(':')[0] as string);
  const numeric = /^[-+]?\d+$/.test(target);
  const errors = numeric ? (second === undefined ? [] : portNumber(Number(target))) : portName(target);
  if (errors.length > 0) throw new KubectlError(errors.join(','));
  return {
    name: text.replace(/:/g, '-'),
    protocol: 'TCP',
    port: Number(first),
    targetPort: numeric ? Number(target) : target,
    ...(nodePort !== 0 && { nodePort }),
  };
}
