import { deployment } from '../manifests';
import { answers, exists, type Family, patch, service, type Task } from '../task';
import { nodes } from './nodes';

/** A Deployment that nobody can call yet, and the kind of Service it is to have. */
export const expose: Family = (draw) => {
  const [ns, app, port, target, nodePort] = [
    draw.namespace(),
    draw.app(),
    draw.servicePort(),
    draw.containerPort(),
    draw.nodePort(),
  ];
  const type = draw.pick(['ClusterIP', 'NodePort', 'LoadBalancer'] as const);
  const { address } = draw.pick(nodes);
  const exposed = `kubectl expose deployment ${app} -n ${ns} --port=${port}`;
  const create = `kubectl create service ${type.toLowerCase()} ${app} -n ${ns} --tcp=${port}:${target}`;
  const wait = type === 'LoadBalancer' ? ['sleep 10'] : [];
  const typed = `${exposed} --target-port=${target} --type=${type}`;
  const fixed = patch(ns, app, { ports: [{ port, nodePort }] });
  const variants: Record<typeof type, { wanted: Task['text']; from: string; at: string; port: number; lesson: Task['lesson'] }> =
    {
      ClusterIP: {
        wanted: {
          ko: `클러스터 안에서만 쓸 것이므로 타입은 ClusterIP다. 파드 client가 \`${app}.${ns}\`의 ${port}번 포트에서 응답을 받게 한다.`,
          en: `It is for the inside of the cluster only, so its type is ClusterIP. Let the pod client get an answer from \`${app}.${ns}\` on port ${port}.`,
        },
        from: 'pod:default/client',
        at: `service:${ns}/${app}`,
        port,
        lesson: { lesson: 'clusterip', anchor: 'run' },
      },
      NodePort: {
        wanted: {
          ko: `타입은 NodePort, \`port\`는 ${port}번, 노드 포트는 ${nodePort}번이다. 노트북이 \`${address}:${nodePort}\`에서 응답을 받게 한다.`,
          en: `Its type is NodePort, its \`port\` ${port} and its node port ${nodePort}. Let the laptop get an answer at \`${address}:${nodePort}\`.`,
        },
        from: 'internet',
        at: address,
        port: nodePort,
        lesson: { lesson: 'nodeport', anchor: 'run' },
      },
      LoadBalancer: {
        wanted: {
          ko: `타입은 LoadBalancer다. 노트북이 로드 밸런서의 주소 ${port}번 포트에서 응답을 받게 한다.`,
          en: `Its type is LoadBalancer. Let the laptop get an answer at its load balancer’s address on port ${port}.`,
        },
        from: 'internet',
        at: `ingress:${ns}/${app}`,
        port,
        lesson: { lesson: 'loadbalancer', anchor: 'run' },
      },
    };
  const { wanted, from, at, port: called, lesson } = variants[type];
  return {
    namespaces: [ns],
    text: {
      ko: `네임스페이스 \`${ns}\`의 디플로이먼트 \`${app}\`의 파드는 ${target}번 포트에서 듣는다. 같은 이름의 서비스를 만든다. ${wanted.ko}`,
      en: `The pods of Deployment \`${app}\` in namespace \`${ns}\` listen on port ${target}. Make a Service of the same name. ${wanted.en}`,
    },
    cause: {
      ko: `부르는 쪽이 쓰는 \`port\`와 프로그램이 듣는 \`targetPort\`가 다르므로 둘 다 적어야 한다. \`targetPort\`를 빼면 \`port\`와 같은 번호가 된다.`,
      en: `Callers use \`port\` and the program listens on \`targetPort\`. The two differ here, so both have to be stated; if \`targetPort\` is left out, it is the same as \`port\`.`,
    },
    lesson,
    manifests: [deployment({ namespace: ns, name: app, port: target })],
    files: {},
    checks: [
      exists(ns, app),
      service(
        ns,
        app,
        ['spec', 'type'],
        { ko: `서비스의 타입이 다르다. 필요한 것: ${type}`, en: `The type differs. Wanted: ${type}.` },
        { equals: type },
      ),
      service(
        ns,
        app,
        ['spec', 'ports', 0, 'port'],
        {
          ko: `서비스의 첫 \`port\`가 다르다. 필요한 것: ${port}`,
          en: `The Service’s first \`port\` differs. Wanted: ${port}.`,
        },
        { equals: port },
      ),
      ...(type === 'NodePort'
        ? [
            service(
              ns,
              app,
              ['spec', 'ports', 0, 'nodePort'],
              {
                ko: `노드 포트가 다르다. 적지 않으면 아무 번호나 할당된다. 필요한 것: ${nodePort}`,
                en: `The node port differs. If you do not state one, any free number is allocated. Wanted: ${nodePort}.`,
              },
              { equals: nodePort },
            ),
          ]
        : []),
      answers(
        at,
        called,
        {
          ko: `서비스는 있지만 응답이 없다. \`targetPort\`를 적지 않으면 \`port\`와 같아진다. 프로그램은 ${target}번에서 듣는다. 로드 밸런서를 방금 만들었으면 주소가 생길 때까지 몇 초 걸린다.`,
          en: `The Service is there, but no answer comes. If \`targetPort\` is left out, it is the same as \`port\`; the program listens on ${target}. A new load balancer takes a few seconds to get its address.`,
        },
        { from },
      ),
    ],
    solution: [typed, ...(type === 'NodePort' ? [fixed] : []), ...wait],
    alternatives: [[type === 'NodePort' ? `${create} --node-port=${nodePort}` : create, ...wait]],
    mistakes: [
      {
        lines: [`${exposed} --type=${type}`, ...(type === 'NodePort' ? [fixed] : []), ...wait],
        failedCheck: type === 'NodePort' ? 4 : 3,
      },
      { lines: [`${exposed} --target-port=${target} --type=${type === 'ClusterIP' ? 'NodePort' : 'ClusterIP'}`], failedCheck: 1 },
      { lines: [typed.replace(`--port=${port}`, `--port=${port + 1}`), ...wait], failedCheck: 2 },
      ...(type === 'NodePort' ? [{ lines: [typed], failedCheck: 3 }] : []),
    ],
  };
};
