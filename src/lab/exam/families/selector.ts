import { deployment, serviceManifest } from '../manifests';
import { answers, exists, type Family, hasEndpoints, patch, rolledOut } from '../task';

/** A Service asks for a label that the pods have with another value. */
export const selector: Family = (draw) => {
  const [ns, app, port, target] = [draw.namespace(), draw.app(), draw.servicePort(), draw.containerPort()];
  const [key, wrong, right] = draw.pick([
    ['version', 'v1', 'v2'],
    ['track', 'stable', 'canary'],
    ['tier', 'back', 'backend'],
    ['release', 'blue', 'green'],
  ] as const);
  const file = `${ns}.yaml`;
  const manifest = serviceManifest(ns, app, { selector: { app, [key]: wrong }, ports: [{ port, targetPort: target }] });
  const select = (value: string | null) => patch(ns, app, { selector: { [key]: value } });
  return {
    namespaces: [ns],
    text: {
      ko: `네임스페이스 \`${ns}\`의 서비스 \`${app}\`에 연결하면 거절된다. 파드는 모두 Running이다. 파드 client가 \`${app}.${ns}\`의 ${port}번 포트에서 응답을 받게 한다.`,
      en: `Connections to Service \`${app}\` in namespace \`${ns}\` are refused, though all of its pods are Running. Let the pod client get an answer from \`${app}.${ns}\` on port ${port}.`,
    },
    cause: {
      ko: `셀렉터는 \`${key}: ${wrong}\`까지 가진 파드를 찾지만 파드의 레이블은 \`${key}: ${right}\`이다. 맞는 파드가 하나도 없어 엔드포인트가 비고, 그러면 연결이 거절된다.`,
      en: `The selector also asks for \`${key}: ${wrong}\`, and the pods have \`${key}: ${right}\`. No pod matches, so there are no endpoints, and connections are refused.`,
    },
    lesson: { lesson: 'endpoints', anchor: 'selector' },
    manifests: [deployment({ namespace: ns, name: app, port: target, labels: { [key]: right } }), manifest],
    files: { [file]: manifest },
    checks: [
      exists(ns, app),
      hasEndpoints(ns, app, {
        ko: '셀렉터의 레이블을 모두 가진, 준비된 파드가 없다. 파드를 다시 시작하거나 늘려도 레이블은 그대로이고, 디플로이먼트 자신의 레이블은 셀렉터와 상관없다.',
        en: 'No ready pod has all of the selector’s labels. Restarted or added pods have the same labels as before, and labels of the Deployment itself do not count.',
      }),
      answers(`service:${ns}/${app}`, port, {
        ko: `엔드포인트는 있지만 ${port}번 포트에서 응답이 없다. 서비스를 다시 만들었으면 \`targetPort\`를 본다. 프로그램은 ${target}번에서 듣는다.`,
        en: `There are endpoints, but no answer on port ${port}. If you made the Service again, look at \`targetPort\`: the program listens on ${target}.`,
      }),
    ],
    solution: [select(right)],
    alternatives: [
      [select(null)],
      [`sed -i 's/${key}: ${wrong}/${key}: ${right}/' ${file}`, `kubectl apply -f ${file}`],
      [
        `kubectl patch deployment ${app} -n ${ns} -p '{"spec":{"template":{"metadata":{"labels":{"${key}":"${wrong}"}}}}}'`,
        rolledOut(ns, app),
      ],
    ],
    mistakes: [
      { lines: [`kubectl rollout restart deployment ${app} -n ${ns}`, rolledOut(ns, app)], failedCheck: 1 },
      { lines: [`kubectl label deployment ${app} -n ${ns} ${key}=${wrong}`], failedCheck: 1 },
      { lines: [`kubectl delete svc ${app} -n ${ns}`], failedCheck: 0 },
      {
        lines: [`kubectl delete svc ${app} -n ${ns}`, `kubectl expose deployment ${app} -n ${ns} --port=${port}`],
        failedCheck: 2,
      },
    ],
  };
};
