import { flag } from '../flags';
import { generator } from './generate';

export const createPriorityClass = generator({
  name: 'priorityclass',
  aliases: ['pc'],
  short: 'Create a priority class with the specified name',
  use: 'NAME --value=VALUE --global-default=BOOL [--dry-run=server|client|none]',
  flags: [
    flag('description', 'string', 'What the class is for.'),
    flag('global-default', 'bool', 'The class of pods that name none.'),
    flag('preemption-policy', 'string', 'Whether pods of lower priority make room.', { default: 'PreemptLowerPriority' }),
    flag('value', 'int32', 'The priority.'),
  ],
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  resource: 'priorityclasses',
  clusterScoped: true,
  anyName: true,
  failure: 'failed to create priorityclass: ',
  build: ({ flags }, name) => ({
    metadata: { name },
    value: flags.number('value'),
    ...(flags.boolean('global-default') && { globalDefault: true }),
    ...(flags.string('description') && { description: flags.string('description') }),
    preemptionPolicy: flags.string('preemption-policy'),
  }),
});
