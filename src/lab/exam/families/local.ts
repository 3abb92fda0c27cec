import { deployment, serviceManifest } from '../manifests';
import { answers, type Family, keepsNodePort, patch, rolledOut } from '../task';
import { nodes } from './nodes';

/** The policy Local, and a node without a pod. */
export const local: Family = (draw) => {
  const [ns, app, port, target, nodePort] = [
    draw.namespace(),
    draw.app(),
    draw.servicePort(),
    draw.containerPort(),
    draw.nodePort(),
  ];
  const [home, called] = draw.shuffled(nodes) as [(typeof nodes)[number], (typeof nodes)[number]];
  const manifest = serviceManifest(ns, app, {
    type: 'NodePort',
    externalTrafficPolicy: 'Local',
    selector: { app },
    ports: [{ port, targetPort: target, nodePort }],
  });
  const file = `${ns}.yaml`;
  const at = `${called.address}:${nodePort}`;
  return {
    namespaces: [ns],
    text: {
      ko: `노트북이 \`${at}\`에 연결하면 시간이 초과된다. \`${home.address}:${nodePort}\`에서는 응답이 온다. 둘 다 네임스페이스 \`${ns}\`의 서비스 \`${app}\`의 노드 포트이고, 파드가 출발지 주소를 볼 일은 없다. 노트북이 \`${at}\`에서도 응답을 받게 한다.`,
      en: `When the laptop connects to \`${at}\`, it times out; \`${home.address}:${nodePort}\` answers. Both belong to Service \`${app}\` in namespace \`${ns}\`, and its pods need not see the caller’s address. Let the laptop get an answer at \`${at}\` as well.`,
    },
    cause: {
      ko: `\`externalTrafficPolicy: Local\`인 서비스로 밖에서 온 연결은 받은 노드의 파드에만 간다. 파드는 모두 \`${home.name}\`에 있고 \`${called.name}\`에는 없다. 출발지 주소를 지킬 까닭이 없으므로 Cluster면 된다.`,
      en: `With \`externalTrafficPolicy: Local\`, a connection from outside goes only to pods of the node it came to. All of them are on \`${home.name}\`, none on \`${called.name}\`. As nobody needs the source address, Cluster will do.`,
    },
    lesson: { lesson: 'source-ip', anchor: 'local' },
    manifests: [deployment({ namespace: ns, name: app, port: target, node: home.name }), manifest],
    files: { [file]: manifest },
    checks: [
      keepsNodePort(ns, app, nodePort),
      answers(
        called.address,
        nodePort,
        {
          ko: `\`${at}\`에서 아직 응답이 없다. \`externalTrafficPolicy\`가 Local이면 바로 그 노드에 준비된 파드가 있어야 한다. \`internalTrafficPolicy\`는 안에서 온 연결의 것이고, 레플리카를 늘려도 파드가 갈 수 있는 노드는 그대로다.`,
          en: `Still no answer at \`${at}\`. While \`externalTrafficPolicy\` is Local, that very node needs a ready pod. \`internalTrafficPolicy\` is about connections from inside, and more replicas go to the same nodes as before.`,
        },
        { from: 'internet' },
      ),
    ],
    solution: [patch(ns, app, { externalTrafficPolicy: 'Cluster' })],
    alternatives: [
      [`sed -i '/externalTrafficPolicy/d' ${file}`, `kubectl apply -f ${file}`],
      [
        `kubectl patch deployment ${app} -n ${ns} -p '{"spec":{"template":{"spec":{"nodeSelector":{"kubernetes.io/hostname":"${called.name}"}}}}}'`,
        rolledOut(ns, app),
      ],
    ],
    mistakes: [
      { lines: [patch(ns, app, { internalTrafficPolicy: 'Local' })], failedCheck: 1 },
      { lines: [`kubectl scale deployment ${app} -n ${ns} --replicas=4`, rolledOut(ns, app)], failedCheck: 1 },
      { lines: [patch(ns, app, { type: 'ClusterIP', externalTrafficPolicy: null })], failedCheck: 0 },
    ],
  };
};
