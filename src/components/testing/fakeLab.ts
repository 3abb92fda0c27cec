import type { KubeObject } from '../../cluster/apimachinery/object';
import type { Lab, LabSnapshot, Scenario } from '../../lab/types';
import type { TerminalSession, TranscriptEntry } from '../../shell/types';
import { fakeRules } from './fakeRules';
import { nodePortTrace, refusedTrace } from './fakeTrace';

const meta = (name: string, more: object = {}) => ({
  name,
  namespace: 'default',
  uid: name,
  resourceVersion: '1',
  creationTimestamp: '2026-11-22T08:00:00Z',
  ...more,
});

const node = (n: number): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: meta(`node-${n}`),
  status: { addresses: [{ type: 'InternalIP', address: `192.168.0.1${n}` }] },
});

const pod = (name: string, on: number, ip: string, port?: number): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: meta(name),
  spec: {
    nodeName: `node-${on}`,
    containers: [{ name: 'c', image: 'nginx:1.27', ports: port ? [{ containerPort: port }] : undefined }],
  },
  status: { phase: 'Running', podIP: ip, conditions: [{ type: 'Ready', status: 'True' }] },
});

const service: KubeObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: meta('test'),
  spec: {
    type: 'LoadBalancer',
    clusterIP: '10.96.61.1',
    ports: [{ name: '30088-5000', port: 30001, nodePort: 30088, targetPort: 5000, protocol: 'TCP' }],
  },
  status: { loadBalancer: {} },
};

const slice: KubeObject = {
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: meta('test-abcde', { labels: { 'kubernetes.io/service-name': 'test' } }),
  endpoints: ['p1', 'p2'].map((name) => ({ targetRef: { kind: 'Pod', name } })),
};

export const fakeScenario: Scenario = {
  name: 'fake',
  cloud: 'openstack',
  manifests: [],
  files: {
    'test.yaml': 'apiVersion: v1\nkind: Service\nmetadata:\n  name: test\nspec:\n  ports:\n  - port: 30001\n    nodePort: 88\n',
  },
  goals: [
    {
      id: 'reach',
      title: { ko: '테넌트 VM에서 노드 포트로 응답을 받는다', en: 'Get an answer on the node port from the tenant VM' },
      checks: [],
      hints: [
        { ko: '힌트 하나', en: 'hint one' },
        { ko: '힌트 둘', en: 'hint two' },
        { ko: '힌트 셋', en: 'hint three' },
      ],
      solution: ['kubectl get svc'],
    },
  ],
};

/** A lab that stands still, for tests of the widgets alone. */
export function fakeLab(): Lab & { sent: string[] } {
  const listeners = new Set<() => void>();
  const sessionListeners = new Set<() => void>();
  const sent: string[] = [];
  let transcript: readonly TranscriptEntry[] = [];
  let snapshot: LabSnapshot = {
    version: 1,
    time: Date.parse('2026-11-22T08:00:41Z'),
    nodes: [node(1), node(2), node(3)],
    pods: [pod('cli-1', 1, '10.244.1.2'), pod('p1', 1, '10.244.1.3', 5000), pod('p2', 2, '10.244.2.3', 5000)],
    services: [service],
    endpointSlices: [slice],
    traces: [refusedTrace(1), nodePortTrace(2)],
    goals: [
      {
        goal: fakeScenario.goals[0]!,
        passed: false,
        failedCheck: {
          kind: 'probe',
          from: 'vm',
          protocol: 'TCP',
          address: '192.168.0.11',
          port: 30001,
          outcome: 'answered',
          failure: { ko: 'VM이 응답을 받지 못했다.', en: 'The VM got no answer.' },
        },
        trace: refusedTrace(9),
      },
    ],
    files: fakeScenario.files,
    predictions: {},
    actions: [],
    moments: [],
  };
  const change = (next: Partial<LabSnapshot>) => {
    snapshot = { ...snapshot, ...next, version: snapshot.version + 1 };
    for (const listener of [...listeners]) listener();
  };
  const terminal: TerminalSession = {
    input: (data) => void sent.push(data),
    resize: () => undefined,
    onOutput(listener) {
      listener('learner@laptop:~$ ');
      return () => undefined;
    },
    async run(command) {
      sent.push(command);
      transcript = [
        ...transcript,
        { id: transcript.length, prompt: 'learner@laptop:~$ ', command, output: `ran ${command}\n`, exit: 0 },
      ];
      for (const listener of [...sessionListeners]) listener();
      return { exit: 0, stdout: `ran ${command}\n`, stderr: '' };
    },
    interrupt: () => void sent.push('\x03'),
    busy: false,
    place: 'internet',
    prompt: 'learner@laptop:~$ ',
    get transcript() {
      return transcript;
    },
    subscribe(listener) {
      sessionListeners.add(listener);
      return () => sessionListeners.delete(listener);
    },
    dispose: () => undefined,
  };
  return {
    sent,
    scenario: fakeScenario,
    terminal,
    getSnapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    advance: () => undefined,
    rest: () => Promise.resolve(),
    apply: () =>
      Promise.resolve({
        exit: 1,
        stdout: '',
        stderr:
          'The Service "test" is invalid: spec.ports[0].nodePort: Invalid value: 88: provided port is not in the valid range.',
      }),
    dryRun: (text) =>
      Promise.resolve(
        text.includes('nodePort: 88\n')
          ? [
              {
                document: 0,
                errors: [
                  {
                    field: 'spec.ports[0].nodePort',
                    message: 'Invalid value: 88: provided port is not in the valid range.',
                  },
                ],
              },
            ]
          : [],
      ),
    reference: { kinds: () => [], schemas: () => Promise.resolve(undefined), objects: () => [] },
    writeFile: (name, text) => change({ files: { ...snapshot.files, [name]: text } }),
    exportManifests: () => Promise.resolve(''),
    prepare: () => undefined,
    closeEditor: () => change({ editing: undefined }),
    connect() {
      const trace = nodePortTrace(snapshot.traces.length + 1);
      change({ traces: [...snapshot.traces, trace] });
      return trace;
    },
    predict: (question, answer) => change({ predictions: { ...snapshot.predictions, [question]: answer } }),
    ready: Promise.resolve(),
    undo: () => Promise.resolve(),
    redo: () => Promise.resolve(),
    rewind: () => Promise.resolve(),
    readable: () => undefined,
    twin: () => fakeLab(),
    become: () => Promise.resolve(),
    runApart: () => Promise.resolve({ exit: 0, stdout: '', stderr: '' }),
    stateAt: (time) => ({ ...snapshot, time }),
    rulesOf: (name) => (name === 'node-1' ? { mode: 'iptables', text: fakeRules } : undefined),
    save: () => undefined,
    saved: () => ({ version: 1, scenario: 'fake', digest: '', time: 0, actions: [] }),
    reset: () => undefined,
    dispose: () => undefined,
  };
}
