import { reads, type Case } from '../case';

/** Manifests with one thing wrong, or unusual, as documents of YAML. */
const services: Record<string, string> = {
  'port-zero': 'spec: {ports: [{port: 0}]}',
  'port-high': 'spec: {ports: [{port: 70000}]}',
  'port-text': 'spec: {ports: [{port: "80"}]}',
  'port-float': 'spec: {ports: [{port: 1.5}]}',
  'no-ports': 'spec: {selector: {a: b}}',
  'two-unnamed': 'spec: {ports: [{port: 80}, {port: 81}]}',
  'same-name': 'spec: {ports: [{name: a, port: 80}, {name: a, port: 81}]}',
  'bad-name': 'spec: {ports: [{name: A_b, port: 80}]}',
  'target-text': 'spec: {ports: [{port: 80, targetPort: "not_ok"}]}',
  'bad-type': 'spec: {type: Nothing, ports: [{port: 80}]}',
  'node-port-low': 'spec: {type: NodePort, ports: [{port: 80, nodePort: 80}]}',
  'node-port-taken': 'spec: {type: NodePort, ports: [{port: 80, nodePort: 30080}]}',
  'node-port-on-clusterip': 'spec: {ports: [{port: 80, nodePort: 30001}]}',
  'ip-outside': 'spec: {clusterIP: 1.2.3.4, ports: [{port: 80}]}',
  'ip-taken': 'spec: {clusterIP: 10.96.10.1, ports: [{port: 80}]}',
  'ip-text': 'spec: {clusterIP: nothing, ports: [{port: 80}]}',
  'selector-list': 'spec: {selector: [a], ports: [{port: 80}]}',
  'selector-bad': 'spec: {selector: {"a b": "c d"}, ports: [{port: 80}]}',
  'selector-number': 'spec: {selector: {a: 1}, ports: [{port: 80}]}',
  'external-name-none': 'spec: {type: ExternalName}',
  'external-name-ip': 'spec: {type: ExternalName, externalName: 1.2.3.4}',
  affinity: 'spec: {sessionAffinity: X, ports: [{port: 80}]}',
  'affinity-time':
    'spec: {sessionAffinity: ClientIP, sessionAffinityConfig: {clientIP: {timeoutSeconds: 99999999}}, ports: [{port: 80}]}',
  policy: 'spec: {externalTrafficPolicy: Local, ports: [{port: 80}]}',
  'policy-internal': 'spec: {internalTrafficPolicy: X, ports: [{port: 80}]}',
  ranges: 'spec: {type: LoadBalancer, loadBalancerSourceRanges: [x], ports: [{port: 80}]}',
  'external-ips': 'spec: {externalIPs: [127.0.0.1, x], ports: [{port: 80}]}',
  'external-ips-good': 'spec: {externalIPs: [198.51.100.1], ports: [{port: 80}]}',
  families: 'spec: {ipFamilies: [IPv4, IPv4], ports: [{port: 80}]}',
  dual: 'spec: {ipFamilyPolicy: RequireDualStack, ports: [{port: 80}]}',
  protocol: 'spec: {ports: [{port: 80, protocol: HTTP}]}',
  unknown: 'spec: {prots: [{port: 80}]}',
  'unknown-two': 'spec: {ports: [{port: 80, targetport: 1}], slector: {a: b}}',
  'spec-text': 'spec: text',
  'labels-bool': 'metadata: {labels: {a: true}}\nspec: {ports: [{port: 80}]}',
  good: 'spec: {ports: [{port: 80}]}',
  'lb-class': 'spec: {loadBalancerClass: example.com/x, ports: [{port: 80}]}',
  distribution: 'spec: {trafficDistribution: PreferClose, ports: [{port: 80}]}',
  'distribution-bad': 'spec: {trafficDistribution: X, ports: [{port: 80}]}',
};

const deployments: Record<string, string> = {
  'selector-mismatch':
    '{selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: c}}, spec: {containers: [{name: c, image: i}]}}}',
  'no-selector': '{template: {metadata: {labels: {a: c}}, spec: {containers: [{name: c, image: i}]}}}',
  'no-containers': '{selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: []}}}',
  'no-image': '{selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c}]}}}',
  'bad-container':
    '{selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: C_, image: i}]}}}',
  replicas:
    '{replicas: -1, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}',
  'replicas-text':
    '{replicas: "1", selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}',
  restart:
    '{selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}',
  port: '{selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, ports: [{containerPort: 0}]}]}}}',
  good: '{selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}',
};

const syntax: Record<string, string> = {
  'tab.yaml': 'apiVersion: v1\nkind: Service\n\tmetadata: x\n',
  'indent.yaml': 'apiVersion: v1\nkind: Service\nmetadata:\n  name: x\n name: y\n',
  'colon.yaml': 'apiVersion: v1\nkind: Service: x\n',
  'bracket.yaml': 'apiVersion: v1\nkind: [Service\n',
  'quote.yaml': 'apiVersion: v1\nkind: "Service\n',
  'scalar.yaml': 'hello\n',
  'listed.yaml': '- a\n- b\n',
  'noversion.yaml': 'kind: Service\nmetadata: {name: x}\n',
  'nokind.yaml': 'apiVersion: v1\nmetadata: {name: x}\n',
  'badversion.yaml': 'apiVersion: v9\nkind: Service\nmetadata: {name: x}\n',
  'case.yaml': 'apiVersion: v1\nkind: service\nmetadata: {name: x}\n',
  'json.json': '{"apiVersion":"v1","kind":"Service","metadata":{"name":"x"},"spec":{"ports":[{"port":80}]}}',
  'badjson.json': '{"apiVersion":"v1","kind":}',
  'numbername.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: 123}\nspec: {ports: [{port: 80}]}\n',
  'boolname.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: yes}\nspec: {ports: [{port: 80}]}\n',
  'alias.yaml': 'apiVersion: v1\nkind: Service\nmetadata: &m {name: x}\nspec: {selector: *n}\n',
  'duplicate.yaml': 'apiVersion: v1\nkind: Service\nkind: Service\nmetadata: {name: x}\nspec: {ports: [{port: 80}]}\n',
  'comment.yaml': '# nothing\n---\n# here\n',
  'many.yaml':
    'apiVersion: v1\nkind: Service\nmetadata: {name: x}\nspec: {ports: [{port: 80}]}\n---\n---\napiVersion: v1\nkind: Service\nmetadata: {name: y}\nspec: {ports: [{port: 0}]}\n',
};

const manifest = (name: string, text: string) =>
  text.includes('metadata:')
    ? `apiVersion: v1\nkind: Service\n${text.replace('metadata: {', `metadata: {name: ${name}, `)}\n`
    : `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\n${text}\n`;

const files: Record<string, string> = {
  ...Object.fromEntries(Object.entries(services).map(([name, text]) => [`svc-${name}.yaml`, manifest(name, text)])),
  ...Object.fromEntries(
    Object.entries(deployments).map(([name, spec]) => [
      `deploy-${name}.yaml`,
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}}\nspec: ${spec}\n`,
    ]),
  ),
  ...syntax,
};

export const manifests: readonly Case[] = [
  ...reads(
    'manifests',
    Object.keys(files).flatMap((file) => [
      `kubectl create --dry-run=server -f ${file}`,
      `kubectl apply --dry-run=server -f ${file}`,
    ]),
    files,
  ),
  ...reads(
    'manifests client-side',
    Object.keys(syntax).map((file) => `kubectl apply --dry-run=client -o yaml -f ${file}`),
    syntax,
  ),
];
