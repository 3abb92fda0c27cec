import { KubectlError } from '../errors';
import { flag } from '../flags';
import { labelSelector } from '../labelselector';
import { generator } from './generate';

export const createBudget = generator({
  name: 'poddisruptionbudget',
  aliases: ['pdb'],
  short: 'Create a pod disruption budget with the specified name',
  use: 'NAME --selector=SELECTOR --min-available=N [--dry-run=server|client|none]',
  flags: [
    flag('max-unavailable', 'string', 'Most pods that may be missing: 1 or 10%.'),
    flag('min-available', 'string', 'Fewest pods that must be there: 1 or 50%.'),
    flag('selector', 'string', 'Labels of the pods.'),
  ],
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  resource: 'poddisruptionbudgets',
  failure: 'failed to create poddisruptionbudgets: ',
  build: ({ flags }, name) => {
    const selector = flags.string('selector');
    if (selector === '') throw new KubectlError('a selector must be specified');
    const [least, most] = [flags.string('min-available'), flags.string('max-unavailable')];
    if (least === '' && most === '') throw new KubectlError('one of min-available or max-unavailable must be specified');
    if (least !== '' && most !== '') throw new KubectlError('min-available and max-unavailable cannot be both specified');
    const amount = least || most;
    if (!/^\d+%?$/.test(amount))
      throw new KubectlError(`invalid format specified for ${least ? 'min-available' : 'max-unavailable'}`);
    const value = amount.endsWith('%') ? amount : Number(amount);
    return {
      metadata: { name },
      spec: {
        ...(least && { minAvailable: value }),
        selector: labelSelector(selector),
        ...(most && { maxUnavailable: value }),
      },
      status: { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 },
    };
  },
});
