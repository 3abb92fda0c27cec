import { type Case, reads } from '../case';
import { FIXTURE } from '../fixture';

/** Pods whose logs differ in kind: not there yet, of a container that cannot start, of several containers. */
const PODS = `
apiVersion: v1
kind: Pod
metadata: {name: unknown-image, labels: {app: broken}}
spec: {containers: [{name: main, image: "example.com/no/such:1"}]}
---
apiVersion: v1
kind: Pod
metadata: {name: nowhere, labels: {app: broken}}
spec: {schedulerName: nobody, containers: [{name: main, image: nginx}]}
---
apiVersion: v1
kind: Pod
metadata: {name: pair, labels: {app: pair}, annotations: {kubectl.kubernetes.io/default-container: two}}
spec:
  containers:
  - {name: one, image: busybox, command: [sh, -c, "echo first line; echo 'second line'; sleep 1d"]}
  - {name: two, image: "traefik/whoami:v1.10"}
`;
const manifests = [FIXTURE, PODS];

const commands = [
  'logs unknown-image',
  'logs unknown-image --previous',
  'logs unknown-image --ignore-errors',
  'logs nowhere',
  'logs nowhere -c main',
  'logs pair',
  'logs pair one',
  'logs pair one --tail=1',
  'logs pair one --tail=0',
  'logs pair one --tail=-1',
  'logs pair one --limit-bytes=13',
  'logs pair one --limit-bytes=-1',
  'logs pair one --limit-bytes=0',
  'logs pair one --prefix',
  'logs pair one --prefix --tail=1',
  'logs pair one --timestamps',
  'logs pair one --since=1s',
  'logs pair one --since=24h',
  'logs pair one --since=10ms',
  'logs pair one --since-time=2020-01-01T00:00:00Z',
  'logs pair one --since-time=2099-01-01T00:00:00Z',
  'logs pair three',
  'logs pair -c three',
  'logs pair one --previous',
  'logs -l app=pair -c one',
  'logs -l app=pair -c one --prefix',
  'logs -l app=broken -c main --max-log-requests=1',
  'logs deploy/api',
  'logs deploy/api --tail=1',
  'logs deploy/api --prefix --timestamps --tail=1',
  'logs svc/api-headless',
  'logs lone --tail=3',
  'logs lone --timestamps --tail=2',
  'logs lone --since=1m',
  'logs -l app=web --tail=1 --max-log-requests=2',
  'get --raw /api/v1/namespaces/default/pods/pair/log',
  "get --raw '/api/v1/namespaces/default/pods/pair/log?container=one'",
  "get --raw '/api/v1/namespaces/default/pods/pair/log?container=one&tailLines=-1'",
  "get --raw '/api/v1/namespaces/default/pods/pair/log?container=one&tailLines=x'",
  "get --raw '/api/v1/namespaces/default/pods/pair/log?container=one&limitBytes=0'",
  "get --raw '/api/v1/namespaces/default/pods/pair/log?container=one&sinceSeconds=0'",
  "get --raw '/api/v1/namespaces/default/pods/pair/log?container=four'",
  'get --raw /api/v1/namespaces/default/pods/none/log',
];

const following: Case = {
  name: 'logs that go on',
  manifests,
  steps: [
    'kubectl logs -f unknown-image --pod-running-timeout=1500ms',
    'kubectl logs -f unknown-image --ignore-errors',
    'kubectl logs -f nowhere',
    'kubectl logs -f pair one & sleep 2; kubectl delete pod pair --grace-period=1 >/dev/null; wait',
    'kubectl logs -f --tail=1 --prefix lone & sleep 2; kubectl delete pod lone --grace-period=1 >/dev/null; wait',
    'kubectl logs -f pair one',
    'kubectl logs -f -l app=web --max-log-requests=2',
    'kubectl logs -f --tail=1 -l app=nothing',
  ],
};

export const logs: readonly Case[] = [
  ...reads(
    'logs of containers',
    commands.map((command) => `kubectl ${command}`),
  ).map((one) => ({ ...one, manifests })),
  following,
];
