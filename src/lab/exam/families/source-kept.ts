import { deployment, serviceManifest } from '../manifests';
import { answers, type Family, keepsNodePort, patch } from '../task';
import { nodes } from './nodes';

/** A Service whose pods see the address of a node in place of the caller's. */
export const sourceKept: Family = (draw) => {
  const [ns, app, port, target, nodePort] = [
    draw.namespace(),
    draw.app(),
    draw.servicePort(),
    draw.containerPort(),
    draw.nodePort(),
  ];
  const home = draw.pick(nodes);
  const file = `${ns}.yaml`;
  const manifest = serviceManifest(ns, app, {
    type: 'NodePort',
    selector: { app },
    ports: [{ port, targetPort: target, nodePort }],
  });
  const at = `${home.address}:${nodePort}`;
  const local = { externalTrafficPolicy: 'Local' };
  return {
    namespaces: [ns],
    text: {
      ko: `노트북에서 \`curl http://${at}/clientip\`를 실행하면 노트북이 아니라 노드의 주소가 나온다. 연결은 네임스페이스 \`${ns}\`의 서비스 \`${app}\`에 닿고, 그 파드는 모두 \`${home.name}\`에 있다. 파드는 그대로 두고, \`${at}\`에 연결한 노트북의 주소를 파드가 보게 한다.`,
      en: `On the laptop, \`curl http://${at}/clientip\` shows a node’s address, not the laptop’s. Behind it is Service \`${app}\` in namespace \`${ns}\`, with all of its pods on \`${home.name}\`. Leave the pods where they are, and let them see the laptop’s own address when it connects to \`${at}\`.`,
    },
    cause: {
      ko: `\`externalTrafficPolicy: Cluster\`인 서비스로 밖에서 온 연결은, 받은 노드에 파드가 있어도 출발지가 노드의 주소로 바뀐다. Local이면 받은 노드의 파드에만 보내는 대신 출발지를 지킨다.`,
      en: `With \`externalTrafficPolicy: Cluster\`, the source of a connection from outside becomes a node’s address, even where that node has a pod. Local sends to the node’s own pods only, and keeps the source in return.`,
    },
    lesson: { lesson: 'source-ip', anchor: 'client-address' },
    manifests: [deployment({ namespace: ns, name: app, port: target, node: home.name }), manifest],
    files: { [file]: manifest },
    checks: [
      keepsNodePort(ns, app, nodePort),
      answers(
        home.address,
        nodePort,
        {
          ko: `\`${at}\`에서 응답이 없다. 먼저 다시 응답하게 한다.`,
          en: `No answer at \`${at}\`. Let it answer again first.`,
        },
        { from: 'internet' },
      ),
      answers(
        home.address,
        nodePort,
        {
          ko: '응답은 오지만 파드는 아직 노드의 주소를 본다. 출발지를 바꾸는 것은 밖에서 온 연결의 정책이다. `internalTrafficPolicy`나 `sessionAffinity`로는 달라지지 않는다.',
          en: 'There are answers, but the pods still see a node’s address. The source is changed by the policy for connections from outside; `internalTrafficPolicy` and `sessionAffinity` have no say in it.',
        },
        { from: 'internet', sourceKept: true },
      ),
    ],
    solution: [patch(ns, app, local)],
    alternatives: [
      [`sed -i 's/type: NodePort/&\\n  externalTrafficPolicy: Local/' ${file}`, `kubectl apply -f ${file}`],
      [patch(ns, app, { type: 'LoadBalancer', ...local })],
    ],
    mistakes: [
      { lines: [patch(ns, app, { internalTrafficPolicy: 'Local' })], failedCheck: 2 },
      { lines: [patch(ns, app, { sessionAffinity: 'ClientIP' })], failedCheck: 2 },
      { lines: [patch(ns, app, { type: 'ClusterIP' })], failedCheck: 0 },
      { lines: [`kubectl scale deployment ${app} -n ${ns} --replicas=0`, 'sleep 40'], failedCheck: 1 },
    ],
  };
};
