import { deployment, serviceManifest } from '../manifests';
import { answers, exists, type Family, patch } from '../task';

/** A Service that lacks the second of its pods' two ports. */
export const twoPorts: Family = (draw) => {
  const [ns, app, port, target] = [draw.namespace(), draw.app(), draw.servicePort(), draw.containerPort()];
  const [metrics, exporter] = [draw.pick([9100, 9101, 9187]), draw.pick([9090, 9464, 9400])];
  const file = `${ns}.yaml`;
  const manifest = serviceManifest(ns, app, { selector: { app }, ports: [{ port, targetPort: target }] });
  const second = { name: 'metrics', port: metrics, targetPort: exporter };
  const at = `service:${ns}/${app}`;
  return {
    namespaces: [ns],
    text: {
      ko: `네임스페이스 \`${ns}\`의 서비스 \`${app}\`에서는 ${port}번 포트만 응답한다. 파드에는 프로그램이 하나 더 있어 ${exporter}번에서 지표를 내준다. 파드 client가 같은 서비스의 ${metrics}번 포트에서도 응답을 받게 한다.`,
      en: `Service \`${app}\` in namespace \`${ns}\` answers on port ${port}. Its pods have a second program, which serves metrics on ${exporter}. Let the pod client get an answer from the same Service on port ${metrics} as well.`,
    },
    cause: {
      ko: `한 서비스에 포트를 여럿 둘 수 있고, 둘 이상이면 모두 이름이 있어야 한다. 이름 없던 포트에도 이름을 붙이고, 새 포트의 \`targetPort\`는 ${exporter}번으로 적는다.`,
      en: `A Service may have several ports; with two or more, each needs a name. So the port that had none gets one too, and the new port’s \`targetPort\` is ${exporter}.`,
    },
    lesson: { lesson: 'ports', anchor: 'several' },
    manifests: [deployment({ namespace: ns, name: app, port: target, exporter }), manifest],
    files: { [file]: manifest },
    checks: [
      exists(ns, app),
      answers(at, port, {
        ko: `${port}번 포트가 더는 응답하지 않는다. 포트를 더하되 있던 것은 남긴다.`,
        en: `Port ${port} no longer answers. Add a port and keep the one that was there.`,
      }),
      answers(at, metrics, {
        ko: `${metrics}번 포트에서 아직 응답이 없다. 포트가 둘이면 이름이 모두 있어야 받아들여진다. 받아들여졌으면 \`targetPort\`를 본다. 프로그램은 ${exporter}번에서 듣는다.`,
        en: `Still no answer on port ${metrics}. Two ports are accepted only if both have names. If they were, look at \`targetPort\`: the program listens on ${exporter}.`,
      }),
    ],
    solution: [patch(ns, app, { ports: [{ port, name: 'http' }, second] })],
    alternatives: [
      [
        `kubectl delete svc ${app} -n ${ns}`,
        `kubectl create service clusterip ${app} -n ${ns} --tcp=${port}:${target} --tcp=${metrics}:${exporter}`,
      ],
      [
        `sed -i 's/^  ports:/&\\n    - name: metrics\\n      port: ${metrics}\\n      targetPort: ${exporter}/; s/    - port: ${port}$/    - name: http\\n      port: ${port}/' ${file}`,
        `kubectl apply -f ${file}`,
      ],
    ],
    mistakes: [
      { lines: [patch(ns, app, { ports: [{ port: metrics, targetPort: exporter }] })], failedCheck: 2 },
      {
        lines: [
          patch(ns, app, {
            ports: [
              { port, name: 'http' },
              { name: 'metrics', port: metrics },
            ],
          }),
        ],
        failedCheck: 2,
      },
      {
        lines: [
          `kubectl patch svc ${app} -n ${ns} --type=json -p '[{"op":"replace","path":"/spec/ports/0","value":${JSON.stringify(second)}}]'`,
        ],
        failedCheck: 1,
      },
    ],
  };
};
