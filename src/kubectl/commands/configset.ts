import type { Json } from '../../cluster/apimachinery/object';
import type { Invocation } from '../command';
import { KubectlError } from '../errors';
import { flag } from '../flags';
import { configCommand, saved, usage } from './configcommand';

/** What a field of a kubeconfig is: a value, or a structure, perhaps one for each name. */
type Shape = 'string' | 'bool' | 'bytes' | Structure;
interface Structure {
  /** As Go names the type. */
  go: string;
  fields: Record<string, Shape>;
  /** The list entry's field that holds it; then there is one for each name. */
  entry?: string;
}

const fieldsOf = (text: string): Record<string, Shape> =>
  Object.fromEntries(
    text.split(' ').map((field) => {
      const [name = '', type = 'string'] = field.split(':');
      return [name, type as Shape];
    }),
  );

const CONFIG: Structure = {
  go: 'api.Config',
  fields: {
    ...fieldsOf('kind apiVersion current-context'),
    clusters: {
      go: '*api.Cluster',
      entry: 'cluster',
      fields: fieldsOf(
        'server tls-server-name insecure-skip-tls-verify:bool certificate-authority certificate-authority-data:bytes proxy-url disable-compression:bool',
      ),
    },
    users: {
      go: '*api.AuthInfo',
      entry: 'user',
      fields: fieldsOf(
        'client-certificate client-certificate-data:bytes client-key client-key-data:bytes token tokenFile act-as act-as-uid username password',
      ),
    },
    contexts: { go: '*api.Context', entry: 'context', fields: fieldsOf('cluster user namespace') },
  },
};

/** Where a property is: the structure that holds it, its name there, and what it is. */
interface Place {
  holder: Json;
  name: string;
  shape: Shape;
}

/** Finds a property such as `contexts.x.namespace`; names may hold dots. @throws KubectlError Upstream: newNavigationSteps. */
function locate(config: Json, property: string, creating: boolean): Place {
  const [first = '', ...rest] = property.split('.');
  const shape = CONFIG.fields[first];
  if (!shape) throw new KubectlError(`unable to parse ${property} after [] at ${CONFIG.go}`);
  if (rest.length === 0) return { holder: config, name: first, shape };
  if (typeof shape === 'string') throw new KubectlError(`unable to parse one or more field values of ${property}`);
  const known = rest.findIndex((part, index) => index > 0 && part in shape.fields);
  const name = rest.slice(0, known < 0 ? undefined : known).join('.');
  const list: Json[] = config[first];
  if (known < 0) return { holder: list, name, shape };
  const field = rest[known] as string;
  if (rest.length > known + 1) throw new KubectlError(`unable to parse one or more field values of ${property}`);
  let entry = list.find((candidate) => candidate.name === name);
  if (!entry && !creating) throw new KubectlError(`current map key \`${name}\` is invalid`);
  if (!entry) list.push((entry = { name, [shape.entry as string]: first === 'contexts' ? { cluster: '', user: '' } : {} }));
  return { holder: entry[shape.entry as string], name: field, shape: shape.fields[field] as Shape };
}

function valueOf(shape: Shape, text: string, raw: boolean): Json {
  if (shape === 'bool') {
    if (!/^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(text))
      throw new KubectlError(`strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`);
    return /^[1tT]/.test(text);
  }
  if (shape !== 'bytes' || raw) return text;
  const wrong = text.search(/[^A-Za-z0-9+/=]/);
  const at = wrong >= 0 ? wrong : text.length % 4 === 0 ? -1 : text.length - (text.length % 4);
  if (at >= 0) throw new KubectlError(`error decoding input value: illegal base64 data at input byte ${at}`);
  return text;
}

export const setProperty = configCommand(
  {
    name: 'set',
    short: 'Set an individual value in a kubeconfig file',
    use: 'PROPERTY_NAME PROPERTY_VALUE',
    flags: [flag('set-raw-bytes', 'bool', 'The value of data is no base64.')],
  },
  (invocation: Invocation) => {
    const { session, flags, args } = invocation;
    const [property = '', text = ''] = args;
    if (args.length !== 2) throw usage(setProperty, 'set', invocation);
    if (text === '') throw new KubectlError('you cannot use set to unset a property');
    if (property === '') throw new KubectlError('you must specify a property');
    saved(invocation, (config) => {
      const { holder, name, shape } = locate(config, property, true);
      if (typeof shape !== 'string') throw new KubectlError(`can't set a map to a value: ${property}`);
      holder[name] = valueOf(shape, text, flags.boolean('set-raw-bytes'));
    });
    session.out(`Property ${JSON.stringify(property)} set.\n`);
  },
);

export const unsetProperty = configCommand(
  { name: 'unset', short: 'Unset an individual value in a kubeconfig file', use: 'PROPERTY_NAME' },
  (invocation: Invocation) => {
    const { session, args } = invocation;
    const [property = ''] = args;
    if (args.length !== 1) throw usage(unsetProperty, 'unset', invocation);
    if (property === '') throw new KubectlError('you must specify a property');
    saved(invocation, (config) => {
      const { holder, name, shape } = locate(config, property, false);
      if (Array.isArray(holder)) {
        const at = holder.findIndex((entry: Json) => entry.name === name);
        if (at >= 0) holder.splice(at, 1);
      } else if (typeof shape !== 'string') holder[name] = [];
      else if (name === 'cluster' || name === 'user' || holder === config) holder[name] = '';
      else delete holder[name];
    });
    session.out(`Property ${JSON.stringify(property)} unset.\n`);
  },
);
