import type { Draw } from './draw';
import { addresses, hostileNames, names, outputs, ports, resources, selectors } from './words';

type Piece = (draw: Draw) => string;

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`).replaceAll(/[\n\r]/g, ' ')}'`;

const resource: Piece = (draw) => draw.from(resources);
const name: Piece = (draw) => (draw.once(12) ? quote(draw.from(hostileNames)) : draw.from(names));
const port: Piece = (draw) => draw.from(ports);
const address: Piece = (draw) => (draw.once(15) ? quote(draw.from(hostileNames)) : draw.from(addresses));
const file: Piece = (draw) => draw.from(['a.yaml', 'b.yaml', 'x', '.', '-', 'no-such-file', 'https://example.com/a.yaml']);
const count: Piece = (draw) => draw.from(['0', '1', '2', '3', '5', '-1', '1000000', 'many']);
const pair: Piece = (draw) =>
  draw.from(['app=web', 'app=api', 'tier=', 'app-', 'a=b', '=', 'a', quote(`k=${draw.from(hostileNames)}`)]);
const patch: Piece = (draw) =>
  quote(
    draw.from([
      '{"spec":{"type":"NodePort"}}',
      '{"spec":{"type":"LoadBalancer"}}',
      '{"spec":{"type":"ExternalName","externalName":"example.com"}}',
      '{"spec":{"ports":[{"port":80,"targetPort":8080}]}}',
      '{"spec":{"replicas":3}}',
      '{"spec":{"selector":{"app":"api"}}}',
      '{"spec":{"sessionAffinity":"ClientIP"}}',
      '{"spec":{"externalTrafficPolicy":"Local"}}',
      '{"spec":null}',
      '{"metadata":{"labels":{"a":"b"}}}',
      '[{"op":"replace","path":"/spec/ports/0/port","value":81}]',
      '[{"op":"remove","path":"/spec/selector"}]',
      '[{"op":"test","path":"/x","value":1}]',
      '[]',
      '{',
      'spec: {type: ClusterIP}',
      draw.from(hostileNames),
    ]),
  );

/** What follows `kubectl`: a verb with what it usually takes, by the verb. */
const verbs: Readonly<Record<string, readonly Piece[]>> = {
  get: [resource],
  describe: [resource, name],
  delete: [resource, name],
  'create deployment': [name, (draw) => `--image=${draw.from(['nginx', 'nginx:1.27', 'busybox', 'no/such:image', ''])}`],
  'create service clusterip': [name, (draw) => `--tcp=${port(draw)}:${port(draw)}`],
  'create service nodeport': [name, (draw) => `--tcp=${port(draw)} --node-port=${port(draw)}`],
  'create service loadbalancer': [name, (draw) => `--tcp=${port(draw)}`],
  'create service externalname': [name, (draw) => `--external-name=${address(draw)}`],
  'create namespace': [name],
  'create configmap': [name, (draw) => `--from-literal=${pair(draw)}`],
  'apply -f': [file],
  'create -f': [file],
  'replace -f': [file],
  'delete -f': [file],
  'diff -f': [file],
  expose: [resource, name, (draw) => `--port=${port(draw)} --target-port=${port(draw)}`],
  scale: [resource, name, (draw) => `--replicas=${count(draw)}`],
  patch: [resource, name, (draw) => `--type=${draw.from(['merge', 'json', 'strategic', 'x'])} -p ${patch(draw)}`],
  label: [resource, name, pair],
  annotate: [resource, name, pair],
  'set image': [resource, name, (draw) => draw.from(['*=nginx:1.28', 'nginx=nginx:no', 'x=y'])],
  'set env': [resource, name, pair],
  'set selector': [resource, name, pair],
  'rollout status': [resource, name],
  'rollout restart': [resource, name],
  'rollout undo': [resource, name],
  'rollout history': [resource, name],
  run: [name, (draw) => `--image=${draw.from(['nginx', 'busybox'])} --restart=Never`],
  logs: [name],
  exec: [name, (draw) => `-- ${draw.from(['date', 'curl web', 'nslookup web', 'ls /', 'sh -c "wget -qO- web"', 'no-such'])}`],
  wait: [resource, name, (draw) => `--for=${draw.from(['delete', 'condition=Ready', 'jsonpath={.spec}=1', 'x'])} --timeout=2s`],
  explain: [(draw) => draw.from(['svc', 'svc.spec', 'pods.spec.containers', 'deploy.x', 'service.spec.ports --recursive', ''])],
  'port-forward': [resource, (draw) => `${port(draw)}:${port(draw)}`],
  cordon: [name],
  drain: [name],
  taint: [resource, name, (draw) => draw.from(['a=b:NoSchedule', 'a-', 'x'])],
  events: [],
  'cluster-info': [],
  'api-resources': [],
  version: [],
  'config view': [],
  'config set-context': [(draw) => `--current --namespace=${name(draw)}`],
  top: [resource],
  autoscale: [resource, name],
  edit: [resource, name],
  completion: [(draw) => draw.from(['bash', 'x'])],
  '': [],
};
const verbNames = Object.keys(verbs);

const flags: readonly Piece[] = [
  (draw) => `-o ${quote(draw.from(outputs))}`,
  (draw) => `-l ${quote(draw.from(selectors))}`,
  (draw) => `-n ${name(draw)}`,
  (draw) => `--dry-run=${draw.from(['client', 'server', 'none', 'x'])}`,
  (draw) => `--field-selector=${quote(draw.from(['metadata.name=web', 'spec.type=NodePort', 'a', 'status.phase!=Running']))}`,
  (draw) => `--sort-by=${quote(draw.from(['.metadata.name', '.spec.x', '{', '']))}`,
  (draw) =>
    `--${draw.from(['all', 'force', 'show-labels', 'no-headers', 'watch', 'recursive', 'server-side', 'now', 'help', 'xyz'])}`,
  (draw) => `-${draw.from(['A', 'w', 'h', 'i', 't', 'v=6', 'L app', 'R', 'k .', 'Z'])}`,
  (draw) => `--${draw.from(['grace-period', 'timeout', 'limit', 'chunk-size', 'revision', 'tail'])}=${count(draw)}`,
];

const kubectl: Piece = (draw) => {
  const verb = draw.from(verbNames);
  const given = (verbs[verb] ?? []).filter(() => !draw.once(10)).map((piece) => piece(draw));
  return ['kubectl', verb, ...given, ...draw.some(flags, 2).map((flag) => flag(draw))].filter(Boolean).join(' ');
};

const url: Piece = (draw) =>
  `${draw.from(['', 'http://', 'https://', 'telnet://'])}${address(draw)}${draw.once(2) ? `:${port(draw)}` : ''}`;
const chain: Piece = (draw) =>
  draw.from(['KUBE-SERVICES', 'KUBE-NODEPORTS', 'PREROUTING', 'POSTROUTING', 'OUTPUT', 'INPUT', 'X']);

/** What a node or a pod's shell has, and a laptop too in part: each machine says what it lacks. */
const program: Piece = (draw) =>
  draw.from<Piece>([
    () => `curl -s -m 2 ${url(draw)}`,
    () => `curl ${draw.from(['-v', '-k', '-I', '--resolve', '-H', '-o x', '--keepalive-time 1'])} -m 1 ${url(draw)} ${url(draw)}`,
    () => `wget -T 1 -qO- ${url(draw)}`,
    () => `nc -z -w 1 ${address(draw)} ${port(draw)}`,
    () => `ping -c ${count(draw)} -W 1 ${address(draw)}`,
    () =>
      `${draw.from(['dig', 'nslookup', 'host'])} ${draw.from(['', '+short', '-x', '-t srv', '@10.96.0.10'])} ${address(draw)}`,
    () =>
      `iptables -t ${draw.from(['nat', 'filter', 'mangle', 'x'])} -${draw.from(['L', 'S', 'F', 'Z', 'X'])} ${draw.once(2) ? chain(draw) : ''}`,
    () =>
      `iptables -t nat -${draw.from(['A', 'I', 'D'])} ${chain(draw)} -d ${address(draw)} -p tcp --dport ${port(draw)} -j ${draw.from(['DNAT --to-destination 10.244.1.2:80', 'DROP', 'REJECT', 'MASQUERADE', 'KUBE-SERVICES', 'X'])}`,
    () => `iptables -t nat -D ${chain(draw)} ${count(draw)}`,
    () => `nft ${draw.from(['list ruleset', 'list tables', 'flush ruleset', 'add rule ip x y', 'delete table ip kube-proxy'])}`,
    () => `conntrack -${draw.from(['L', 'D', 'F', 'S', 'C'])} ${draw.from(['', '-p tcp', '-p udp', '--dst 10.96.0.1'])}`,
    () => `ip ${draw.from(['addr', 'route', 'link', 'neigh', 'route get 10.96.0.1', 'addr del', 'x'])}`,
    () => `ss ${draw.from(['-ltn', '-tan', '-lun', '-x'])}`,
    () => `sysctl ${draw.from(['-a', 'net.ipv4.ip_forward', '-w net.ipv4.ip_forward=0', 'x'])}`,
    () => `iptables-save ${draw.from(['', '-c', '-t nat'])}`,
    () => `timeout 1 tcpdump -ni any ${draw.from(['', 'port 80', 'host 10.96.0.1', '('])}`,
    () =>
      draw.from([
        'date',
        'ls',
        'pwd',
        'ps',
        'help',
        'history',
        'hostname',
        'cat a.yaml',
        'cat /etc/resolv.conf',
        'uptime',
        'sudo ls',
      ]),
  ])(draw);

const place: Piece = (draw) =>
  draw.from(['ssh node-1', 'ssh node-2', 'ssh x', 'exit', 'exit', 'kubectl exec -it client -- sh', 'cd /tmp', 'cd', 'sudo -i']);

const filter: Piece = (draw) =>
  draw.from([
    'grep web',
    'grep -c .',
    'head -3',
    'wc -l',
    'sort | uniq -c',
    'sed s/a/b/g',
    "awk '{print $1}'",
    'xargs -n1 echo',
    'jq .',
    'tail -n +2',
    'cut -c1-3',
  ]);

const garbage: Piece = (draw) =>
  Array.from({ length: draw.below(12) + 1 }, () =>
    draw.once(3)
      ? draw.from(hostileNames)
      : draw.from([
          'kubectl',
          'get',
          'svc',
          '|',
          '&&',
          '||',
          ';',
          '&',
          '>',
          '<',
          '$(',
          ')',
          '`',
          "'",
          '"',
          '{',
          '}',
          '$x',
          'for i in',
          'do',
          'done',
          'if',
          'fi',
          '((',
          '\\',
          '-',
          '!',
        ]),
  ).join(draw.from([' ', ' ', '']));

/** A line that a learner could type, sometimes a mad one. */
export function commandLine(draw: Draw): string {
  const kind = draw.below(20);
  const one = kind < 12 ? kubectl(draw) : kind < 17 ? program(draw) : kind < 18 ? place(draw) : garbage(draw);
  switch (draw.below(16)) {
    case 0:
      return `${one} | ${filter(draw)}`;
    case 1:
      return `${one} ${draw.from(['&&', '||', ';'])} ${draw.once(2) ? kubectl(draw) : program(draw)}`;
    case 2:
      return `for i in 1 2 3; do ${one}; done`;
    case 3:
      return `${one} > ${draw.from(['x', '/dev/null', 'a.yaml', '/etc/hosts', ''])}`;
    default:
      return one;
  }
}
