import { type Case, reads } from '../case';

/** Names that kubectl draws by chance. */
const UNNAMED = "sed -E 's/-[a-z0-9]{5}( |$|\\.|\")/-X\\1/'";
const PROFILES = ['general', 'baseline', 'restricted', 'netadmin', 'sysadmin', 'legacy'];
/** What the pod has become, without what differs by chance. */
const show = (pod: string) =>
  `kubectl get pod ${pod} -o jsonpath='{.metadata.labels}{"\\n"}{.spec.containers}{"\\n"}{.spec.ephemeralContainers}{"\\n"}{.spec.volumes[?(@.hostPath)]}{.spec.hostNetwork}{.spec.hostPID}{.spec.hostIPC}{.spec.shareProcessNamespace}{.spec.tolerations}{.spec.restartPolicy}{"\\n"}'`;

const onNodes = PROFILES.flatMap((profile) => [
  `kubectl debug node/node-1 --image=busybox --profile=${profile} -c one -- sleep 1d | ${UNNAMED}`,
  `${show('-l app.kubernetes.io/managed-by=kubectl-debug').replace("jsonpath='", "jsonpath='{range .items[*]}").replace(/'$/, "{end}'")}`,
  'kubectl delete pod -l app.kubernetes.io/managed-by=kubectl-debug --now >/dev/null',
]);
const inPods = PROFILES.flatMap((profile) => [
  `kubectl debug lone --image=busybox --profile=${profile} -c d-${profile} -i --attach=false`,
  show('lone'),
]);
const copies = PROFILES.flatMap((profile) => [
  `kubectl debug lone --image=busybox --profile=${profile} -c one --copy-to=copy-${profile} -- sleep 1d`,
  show(`copy-${profile}`),
]);

const debugging: readonly Case[] = [
  { name: 'debug nodes', steps: onNodes },
  {
    name: 'debug pods',
    steps: [
      ...inPods,
      'kubectl debug lone --image=busybox -c main',
      'kubectl debug lone --image=busybox -c Wrong_Name',
      'kubectl debug lone --image=busybox -c t --target=none',
      'kubectl debug lone --image=busybox -c u --target=main -q',
      'kubectl debug lone --image=busybox -c v --env=A=1 --image-pull-policy=Never --arguments-only -- one two',
      show('lone'),
      'kubectl describe pod lone --show-events=false | grep -v -i " id:"',
      'kubectl logs lone -c d-general',
      'kubectl patch pod lone --subresource=ephemeralcontainers --type=json -p \'[{"op":"remove","path":"/spec/ephemeralContainers"}]\'',
    ],
  },
  {
    name: 'debug copies',
    steps: [
      ...copies,
      'kubectl debug lone --copy-to=images --set-image=*=busybox',
      show('images'),
      'kubectl debug lone --copy-to=other --set-image=main=busybox --same-node --share-processes=false --keep-labels',
      show('other'),
      'kubectl debug lone --copy-to=lone --image=busybox -c x',
      `kubectl debug lone --image=busybox -i --attach=false | ${UNNAMED}`,
      'kubectl debug lone --copy-to=command --container=main -- sleep 1d',
      show('command'),
      'kubectl debug lone --copy-to=instead --image=busybox -c x --replace -- sleep 1d',
      'kubectl get pods -o name | grep -v deploy | sort | grep -v web- | grep -v api-',
    ],
  },
];

const errors = [
  'debug lone',
  'debug lone --image=busybox --profile=none',
  "debug lone --image='a b'",
  'debug lone --image=busybox --tty',
  'debug lone --image=busybox --replace',
  'debug lone --image=busybox --same-node',
  'debug lone --image=busybox --set-image=a=b',
  'debug lone --image=busybox --image-pull-policy=Sometimes',
  'debug lone --attach',
  'debug lone --copy-to=x',
  'debug lone --copy-to=x -- sh',
  'debug lone --copy-to=x --set-image=main',
  "debug lone --copy-to=x --set-image='main=a b'",
  'debug lone --copy-to=x --image=busybox --target=main',
  'debug lone --image=busybox --env=A',
  'debug lone --image=busybox --custom=none.json',
  'debug none --image=busybox',
  'debug node/none --image=busybox',
  'debug deploy/web --image=busybox',
  'debug svc/web --image=busybox',
  'debug nothing/web --image=busybox',
];

export const debug: readonly Case[] = [
  ...debugging,
  ...reads(
    'debug errors',
    errors.map((command) => `kubectl ${command}`),
  ),
];
