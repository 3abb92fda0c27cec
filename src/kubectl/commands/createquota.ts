import { KubectlError } from '../errors';
import { flag } from '../flags';
import { quantityText } from '../writing';
import { generator } from './generate';

export const createQuota = generator({
  name: 'quota',
  aliases: ['resourcequota'],
  short: 'Create a quota with the specified name',
  use: 'NAME [--hard=key1=value1,key2=value2] [--scopes=Scope1,Scope2] [--dry-run=server|client|none]',
  flags: [flag('hard', 'string', 'Limits: pods=2,cpu=1.'), flag('scopes', 'string', 'Scopes that must all match.')],
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  resource: 'resourcequotas',
  failure: 'failed to create quota: ',
  build: ({ flags }, name) => {
    const [hard, scopes] = [flags.string('hard'), flags.string('scopes')];
    const limits = hard === '' ? [] : hard.split(',').map(parseLimit);
    const names = scopes === '' ? [] : scopes.split(',');
    if (names.includes('')) throw new KubectlError('invalid resource quota scope ""');
    return {
      metadata: { name },
      spec: {
        ...(limits.length > 0 && { hard: Object.fromEntries(limits) }),
        ...(names.length > 0 && { scopes: names }),
      },
      status: {},
    };
  },
});

function parseLimit(text: string): [resource: string, quantity: string] {
  const [resource = '', amount, ...rest] = text.split('=');
  if (amount === undefined || rest.length > 0)
    throw new KubectlError(`Invalid argument syntax ${text}, expected <resource>=<value>`);
  return [resource, quantityText(amount)];
}
