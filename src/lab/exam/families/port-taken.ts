import { deployment, serviceManifest } from '../manifests';
import { answers, type Family, patch, service } from '../task';
import { nodes } from './nodes';

/** A node port that a Service of another namespace holds. */
export const portTaken: Family = (draw) => {
  const [ns, old, app, port, target, nodePort] = [
    draw.namespace(),
    draw.namespace(),
    draw.app(),
    draw.servicePort(),
    draw.containerPort(),
    draw.nodePort(),
  ];
  const other = `${app}-${draw.pick(['old', 'test', 'copy'])}`;
  const { address } = draw.pick(nodes);
  const spec = { type: 'NodePort', ports: [{ port, targetPort: target, nodePort }] };
  const file = `${ns}.yaml`;
  const apply = `kubectl apply -f ${file}`;
  return {
    namespaces: [ns, old],
    text: {
      ko: `네임스페이스 \`${ns}\`의 서비스 \`${app}\`의 매니페스트는 \`${file}\`에 있는데, 적용하면 노드 포트가 이미 할당되었다며 거절된다. 고객은 ${nodePort}번만 알고, 그 번호를 쥔 서비스는 아무도 쓰지 않는다. 노트북이 \`${address}:${nodePort}\`에서 \`${app}\`의 응답을 받게 한다.`,
      en: `The manifest of Service \`${app}\` in namespace \`${ns}\` is in \`${file}\`. Applying it is refused: the node port is already allocated. Customers know ${nodePort} only, and nobody uses the Service that holds it. Let the laptop get an answer from \`${app}\` at \`${address}:${nodePort}\`.`,
    },
    cause: {
      ko: `노드 포트는 클러스터 전체에 하나뿐이고, ${nodePort}번은 네임스페이스 \`${old}\`의 서비스 \`${other}\`에 할당되어 있다. 그 서비스를 지우거나 ClusterIP로 바꾸면 번호가 풀린다.`,
      en: `A node port exists once in a cluster, and ${nodePort} is allocated to Service \`${other}\` in namespace \`${old}\`. Delete that Service or make it a ClusterIP, and the number is free.`,
    },
    lesson: { lesson: 'lab-port-taken', anchor: 'node-port-reused' },
    manifests: [
      deployment({ namespace: ns, name: app, port: target }),
      serviceManifest(old, other, { ...spec, selector: { app: other } }),
    ],
    files: { [file]: serviceManifest(ns, app, { ...spec, selector: { app } }) },
    checks: [
      service(
        ns,
        app,
        ['spec', 'ports', 0, 'nodePort'],
        {
          ko: `네임스페이스 \`${ns}\`의 서비스가 노드 포트 ${nodePort}번을 갖고 있지 않다. 다른 번호는 답이 아니다. 이 번호를 쥔 서비스는 다른 네임스페이스에 있다.`,
          en: `The Service in namespace \`${ns}\` does not have the node port ${nodePort}. Another number is no answer. The Service that holds it is in another namespace.`,
        },
        { equals: nodePort },
      ),
      answers(
        address,
        nodePort,
        {
          ko: `서비스는 ${nodePort}번을 갖고 있지만 응답이 없다. 셀렉터와 \`targetPort\`를 본다.`,
          en: `The Service has ${nodePort}, but there is no answer. Look at its selector and \`targetPort\`.`,
        },
        { from: 'internet' },
      ),
    ],
    solution: [`kubectl delete svc ${other} -n ${old}`, apply],
    alternatives: [
      [patch(old, other, { type: 'ClusterIP' }), apply],
      [
        `kubectl patch svc ${other} -n ${old} --type=json -p '[{"op":"replace","path":"/spec/ports/0/nodePort","value":32750}]'`,
        apply,
      ],
    ],
    mistakes: [
      { lines: [apply], failedCheck: 0 },
      { lines: [`sed -i '/nodePort/d' ${file}`, apply], failedCheck: 0 },
      {
        lines: [`kubectl delete svc ${other} -n ${old}`, `sed -i 's/app: ${app}/app: ${other}/' ${file}`, apply],
        failedCheck: 1,
      },
    ],
  };
};
