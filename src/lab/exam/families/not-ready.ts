import { deployment, serviceManifest } from '../manifests';
import { answers, exists, type Family, hasEndpoints, patch, patchContainer, rolledOut, service } from '../task';

/** Pods that run and never get ready: their probe asks in the wrong place. */
export const notReady: Family = (draw) => {
  const [ns, app, port, target] = [draw.namespace(), draw.app(), draw.servicePort(), draw.containerPort()];
  const wrongPort = draw.containerPortBut(target);
  const path = draw.pick(['/healthz', '/hostname']);
  const file = `${ns}.yaml`;
  const readinessProbe = { httpGet: { path, port: wrongPort }, periodSeconds: 5 };
  const manifest = deployment({ namespace: ns, name: app, port: target, readinessProbe });
  return {
    namespaces: [ns],
    text: {
      ko: `네임스페이스 \`${ns}\`의 서비스 \`${app}\`에 연결하면 거절된다. 파드는 Running인데 엔드포인트가 비어 있다. 파드 client가 \`${app}.${ns}\`의 ${port}번 포트에서 준비된 파드의 응답을 받게 한다.`,
      en: `Connections to Service \`${app}\` in namespace \`${ns}\` are refused. Its pods are Running, but it has no endpoints. Let the pod client get an answer from \`${app}.${ns}\` on port ${port}, from pods that are ready.`,
    },
    cause: {
      ko: `준비성 프로브는 ${wrongPort}번 포트로 묻지만 프로그램은 ${target}번에서 듣는다. 프로브가 한 번도 성공하지 못해 파드가 준비되지 않고, 준비되지 않은 파드에는 서비스가 보내지 않는다.`,
      en: `The readiness probe asks on port ${wrongPort}, and the program listens on ${target}. It never succeeds, so the pods never become ready, and a Service does not send to pods that are not ready.`,
    },
    lesson: { lesson: 'endpoints', anchor: 'ready' },
    manifests: [manifest, serviceManifest(ns, app, { selector: { app }, ports: [{ port, targetPort: target }] })],
    files: { [file]: manifest },
    checks: [
      exists(ns, app),
      service(
        ns,
        app,
        ['spec', 'publishNotReadyAddresses'],
        {
          ko: '`publishNotReadyAddresses`는 준비되지 않은 파드에도 요청을 보내게 한다. 증상만 가려지므로 지우고, 파드가 준비되지 않는 까닭을 고친다.',
          en: '`publishNotReadyAddresses` has requests sent to pods that are not ready. That hides the symptom: remove it and repair what keeps them from becoming ready.',
        },
        { equals: true, absent: true },
      ),
      hasEndpoints(ns, app, {
        ko: '준비된 파드가 아직 없다. 파드를 다시 시작하거나 늘려도 프로브는 그대로다. 방금 고쳤으면 몇 초 걸린다.',
        en: 'No pod is ready yet. Pods that are restarted or added have the same probe. If you have just changed it, it takes a few seconds.',
      }),
      answers(`service:${ns}/${app}`, port, {
        ko: `준비된 파드가 있지만 ${port}번 포트에서 응답이 없다. 프로그램이 듣는 포트와 \`targetPort\`는 그대로 두고 프로브만 고친다.`,
        en: `There are ready pods, but no answer on port ${port}. Leave the program’s port and \`targetPort\` as they were; only the probe is wrong.`,
      }),
    ],
    solution: [patchContainer(ns, app, 'replace', 'readinessProbe/httpGet/port', target), rolledOut(ns, app)],
    alternatives: [
      [`sed -i 's/ port: ${wrongPort}/ port: ${target}/' ${file}`, `kubectl apply -f ${file}`, rolledOut(ns, app)],
      [patchContainer(ns, app, 'remove', 'readinessProbe'), rolledOut(ns, app)],
    ],
    mistakes: [
      { lines: [patch(ns, app, { publishNotReadyAddresses: true })], failedCheck: 1 },
      { lines: [`kubectl delete pods -n ${ns} --all`, 'sleep 10'], failedCheck: 2 },
      { lines: [`kubectl scale deployment ${app} -n ${ns} --replicas=3`, 'sleep 10'], failedCheck: 2 },
      {
        lines: [patchContainer(ns, app, 'replace', 'args/1', `--http-port=${wrongPort}`), rolledOut(ns, app)],
        failedCheck: 3,
      },
    ],
  };
};
