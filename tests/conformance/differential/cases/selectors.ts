import { reads } from '../case';

/** Label selectors, right and wrong, one after the other in one command line each. */
const labels = [
  ...[
    'a',
    'a,b',
    'a=',
    'a==b',
    'a!=b',
    '!a',
    '! a',
    '!!a',
    'a=b=c',
    'a b',
    'a in b',
    'a in (b',
    'a in (b c)',
    'a in ()',
    'a in (,)',
  ],
  ...[
    'a in (b,)',
    'a in (,b,,c)',
    'a notin (b)',
    'a in',
    'in',
    'in=x',
    'in in (in)',
    'a=in',
    'a>1',
    'a>x',
    'a<',
    'a gt 1',
    '(a)',
  ],
  ...[
    'a=(b)',
    ',a',
    'a,',
    'a,,b',
    'a)',
    'a=b)',
    '=a',
    'a===b',
    'a=!b',
    'a!b',
    '-a=b',
    'a=-b',
    'a/b/c',
    'a in (b)c',
    'a in ((b))',
  ],
  ...['a=b,c', 'a in (b),c=d)', 'x y=z', 'app in (web,lone),tier', 'app notin (web)', 'a &b', 'a~b'],
];

const fields = [
  ...[
    'a',
    'a=b',
    'metadata.name',
    'metadata.name=lone,',
    'metadata.name==lone',
    'metadata.name!=lone',
    'metadata.name in (lone)',
  ],
  ...[
    '!metadata.name',
    '=',
    'status.phase=Running,spec.nodeName=node-1',
    'metadata.name=a\\,b',
    'spec.foo=x',
    'metadata.name=a=b',
    ',',
  ],
];

export const selectors = reads('selectors', [
  ...labels.map((selector) => `kubectl get pods -l '${selector}' -o name`),
  ...fields.map((selector) => `kubectl get pods --field-selector='${selector}' -o name`),
  ...['label pod lone x=y', 'delete pods', 'describe pods', 'top pods', 'wait pods --for=delete', 'logs'].map(
    (step) => `kubectl ${step} -l 'a b'`,
  ),
]);
