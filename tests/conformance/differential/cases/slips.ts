import { reads, type Case } from '../case';

/** Spellings that kubectl forgives or refuses in its own way. */
const spelled = [
  'cordon node-1 -l a=b',
  'drain node-1 --selector x',
  ...[
    ...['po.v2.', 'po.v2.apps', 'deploy.v9.app', 'deploy.v9.', 'deploy.app', 'deployments.v1.', 'deployments.v9.', 'Pod.v1.'],
    ...['deployments.v1.app', 'PO', 'Deployments.APPS', 'ev.v9.events.k8s.io', 'events.events', 'EndpointSlice.v1.', 'pods.v1'],
  ].map((type) => `get ${type} -o name`),
  'explain pods..spec',
  'explain pods...',
  'explain deployments.apps..spec.replicas',
  'explain pods.spec..containers',
  'explain pods....spec',
  'explain .',
  'explain pods[0]',
  'explain pods.spec[0] --api-version=v1',
  'get svc web web-lb -w',
  'get svc web nothing -w',
  'get svc web -w --output-watch-events -o json --request-timeout=1s',
  'get svc -w --sort-by=.metadata.name --request-timeout=1s',
  'get --raw=/api -l a=b',
  'get --raw=/api svc',
  'auth whoami -o json',
  "set selector svc/web 'a!=b'",
  'set image -f local.yaml i=q c=w --local -o yaml',
  ...['flow', 'flow-line', 'flow-item', 'flow-map'].flatMap((file) => [
    `patch svc web --patch-file=${file}.yaml`,
    `apply -f ${file}.yaml`,
  ]),
  "patch svc web -p '{'",
  "patch svc web --type=merge -p '{'",
  "patch svc web -p '{}' --patch-file=flow.yaml",
  `patch -f svc.yaml --local -p '{"spec":{"type":"NodePort"}}' -o yaml`,
  "patch -f svc.yaml --local --type=json -p '{}'",
  "patch -f svc.yaml --local --type=merge -p '[]'",
  "patch svc web --local -p '{}'",
];

const files = {
  'svc.yaml':
    'apiVersion: v1\nkind: Service\nmetadata: {name: web, labels: {new: x}}\nspec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}\n',
  'local.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: local}\nspec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: x}], initContainers: [{name: i, image: z}]}}}\n',
  'flow.yaml': 'spec: [',
  'flow-line.yaml': 'a: b\nspec: [1,\n',
  'flow-item.yaml': 'spec: [1',
  'flow-map.yaml': 'spec: {a: 1',
};

const sessions: Record<string, string[]> = {
  asking: [
    'echo n | kubectl delete svc empty -i',
    'echo yes | kubectl delete svc empty -i',
    'printf y | kubectl delete svc empty -i',
    'echo y | kubectl delete svc empty -i',
    'echo y | kubectl delete svc empty -i --ignore-not-found',
    'echo y | kubectl delete deploy,svc -l app=web -i --dry-run=client',
    'kubectl delete svc -l app=nothing -i',
    'kubectl delete --raw=/api/v1/x -i',
  ],
  'several at once': [
    'kubectl autoscale deploy web --max=3',
    'kubectl autoscale deploy web nothing api --max=3',
    'kubectl wait pods,deploy -l app=web --for=condition=Available --timeout=1s',
  ],
};

export const slips: readonly Case[] = [
  ...reads(
    'slips',
    spelled.map((step) => `kubectl ${step}`),
    files,
  ).map((one) => ({ ...one, still: false })),
  ...Object.entries(sessions).map(([name, steps]) => ({ name, steps })),
];
