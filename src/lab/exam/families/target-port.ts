import { deployment, serviceManifest } from '../manifests';
import { answers, exists, type Family, patch, patchContainer, rolledOut, service } from '../task';

/** A Service sends to a port on which nobody listens. */
export const targetPort: Family = (draw) => {
  const [ns, app, port, target] = [draw.namespace(), draw.app(), draw.servicePort(), draw.containerPort()];
  const wrong = draw.pick([port, draw.containerPortBut(target)]);
  const manifest = serviceManifest(ns, app, { selector: { app }, ports: [{ port, targetPort: wrong }] });
  const file = `${ns}.yaml`;
  return {
    namespaces: [ns],
    text: {
      ko: `네임스페이스 \`${ns}\`의 서비스 \`${app}\`에 연결하면 거절된다. 엔드포인트는 둘 다 나온다. 파드 client가 \`${app}.${ns}\`의 ${port}번 포트에서 응답을 받게 한다.`,
      en: `Connections to Service \`${app}\` in namespace \`${ns}\` are refused, though both endpoints are listed. Let the pod client get an answer from \`${app}.${ns}\` on port ${port}.`,
    },
    cause: {
      ko: `\`targetPort\`가 ${wrong}번이지만 프로그램은 ${target}번에서 듣는다. 패킷은 파드에 닿고, 그 포트에서 듣는 프로그램이 없어 파드가 연결을 거절한다.`,
      en: `\`targetPort\` is ${wrong}, but the program listens on ${target}. Packets do reach the pod, which refuses them because nobody listens there.`,
    },
    lesson: { lesson: 'ports', anchor: 'three-places' },
    manifests: [deployment({ namespace: ns, name: app, port: target }), manifest],
    files: { [file]: manifest },
    checks: [
      exists(ns, app),
      service(
        ns,
        app,
        ['spec', 'ports', 0, 'port'],
        {
          ko: `\`port\`를 바꾸었다. 부르는 쪽은 그대로 ${port}번으로 연결하므로 바꿀 것은 서비스의 포트가 아니라 파드로 보내는 포트다.`,
          en: `You changed \`port\`. Callers still connect to ${port}: what has to change is not the Service’s port but the one it sends to.`,
        },
        { equals: port },
      ),
      answers(`service:${ns}/${app}`, port, {
        ko: '연결이 가는 포트에서 듣는 프로그램이 아직 없다. `containerPort`는 적어 두는 값일 뿐이라 고쳐도 프로그램이 듣는 포트는 바뀌지 않는다.',
        en: 'Still no program listens on the port that connections are sent to. `containerPort` only states something: changing it does not change where the program listens.',
      }),
    ],
    solution: [patch(ns, app, { ports: [{ port, targetPort: target }] })],
    alternatives: [
      [`sed -i 's/targetPort: ${wrong}$/targetPort: ${target}/' ${file}`, `kubectl apply -f ${file}`],
      [`kubectl delete svc ${app} -n ${ns}`, `kubectl expose deployment ${app} -n ${ns} --port=${port} --target-port=${target}`],
      [patchContainer(ns, app, 'replace', 'args/1', `--http-port=${wrong}`), rolledOut(ns, app)],
    ],
    mistakes: [
      {
        lines: [
          `kubectl patch svc ${app} -n ${ns} --type=json -p '[{"op":"replace","path":"/spec/ports/0/port","value":${target}}]'`,
        ],
        failedCheck: 1,
      },
      { lines: [patchContainer(ns, app, 'replace', 'ports/0/containerPort', wrong), rolledOut(ns, app)], failedCheck: 2 },
      { lines: [`kubectl scale deployment ${app} -n ${ns} --replicas=4`, rolledOut(ns, app)], failedCheck: 2 },
      { lines: [`kubectl delete svc ${app} -n ${ns}`], failedCheck: 0 },
    ],
  };
};
