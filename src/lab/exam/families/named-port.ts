import { deployment, serviceManifest } from '../manifests';
import { answers, exists, type Family, hasEndpoints, patch, patchContainer, rolledOut, service } from '../task';

/** A Service sends to a port's name that no container port has. */
export const namedPort: Family = (draw) => {
  const [ns, app, port, target] = [draw.namespace(), draw.app(), draw.servicePort(), draw.containerPort()];
  const [asked, has] = draw.pick([
    ['http', 'web'],
    ['web', 'http-web'],
    ['api', 'http-api'],
    ['http', 'http-main'],
  ] as const);
  const file = `${ns}.yaml`;
  const manifest = serviceManifest(ns, app, { selector: { app }, ports: [{ port, targetPort: asked }] });
  const to = (value: unknown) => patch(ns, app, { ports: [{ port, targetPort: value }] });
  return {
    namespaces: [ns],
    text: {
      ko: `네임스페이스 \`${ns}\`의 서비스 \`${app}\`에 연결하면 거절된다. 셀렉터는 파드의 레이블과 맞고 파드는 준비되었다. 파드 client가 \`${app}.${ns}\`의 ${port}번 포트에서 응답을 받게 한다.`,
      en: `Connections to Service \`${app}\` in namespace \`${ns}\` are refused. Its selector fits the pods, and they are ready. Let the pod client get an answer from \`${app}.${ns}\` on port ${port}.`,
    },
    cause: {
      ko: `\`targetPort\`에 적힌 이름은 \`${asked}\`인데 컨테이너 포트의 이름은 \`${has}\`이다. 이름으로 적은 \`targetPort\`는 파드의 \`containerPort\`에서 번호를 찾고, 그런 이름이 없으면 보낼 곳도 없다.`,
      en: `\`targetPort\` says \`${asked}\`, but the container port is called \`${has}\`. A \`targetPort\` that is a name looks its number up in the pod; where no port has that name, there is nowhere to send to.`,
    },
    lesson: { lesson: 'ports', anchor: 'names' },
    manifests: [deployment({ namespace: ns, name: app, port: target, portName: has }), manifest],
    files: { [file]: manifest },
    checks: [
      exists(ns, app),
      service(
        ns,
        app,
        ['spec', 'ports', 0, 'targetPort'],
        {
          ko: `\`targetPort: "${target}"\`처럼 따옴표를 붙인 번호는 이름으로 읽힌다. 그런 이름의 컨테이너 포트는 없다.`,
          en: `A number in quotes, \`targetPort: "${target}"\`, is taken as a name, and no container port has that name.`,
        },
        { equals: String(target), absent: true },
      ),
      hasEndpoints(ns, app, {
        ko: '`targetPort`의 이름이 파드의 어느 컨테이너 포트에도 없다. 대소문자까지 같아야 한다.',
        en: 'No container port of the pods has the name in `targetPort`. It has to be the same to the letter.',
      }),
      answers(`service:${ns}/${app}`, port, {
        ko: `보낼 포트는 정해졌지만 거기에서 듣는 프로그램이 없다. 부르는 쪽은 ${port}번으로 연결하고 프로그램은 ${target}번에서 듣는다.`,
        en: `There is a port to send to now, but nobody listens on it. Callers connect to ${port}, and the program listens on ${target}.`,
      }),
    ],
    solution: [to(has)],
    alternatives: [
      [to(target)],
      [`sed -i 's/targetPort: ${asked}$/targetPort: ${has}/' ${file}`, `kubectl apply -f ${file}`],
      [patchContainer(ns, app, 'replace', 'ports/0/name', asked), rolledOut(ns, app)],
    ],
    mistakes: [
      { lines: [to(`p${target}`)], failedCheck: 2 },
      { lines: [to(port)], failedCheck: 3 },
      { lines: [`kubectl delete svc ${app} -n ${ns}`], failedCheck: 0 },
    ],
  };
};
