import { deployment, serviceManifest } from '../manifests';
import { answers, exists, type Family, patch, service } from '../task';

/** A Service that should keep a caller with one pod for a given time. */
export const affinity: Family = (draw) => {
  const [ns, app, port, target] = [draw.namespace(), draw.app(), draw.servicePort(), draw.containerPort()];
  const minutes = draw.pick([5, 10, 15, 20, 30, 45]);
  const timeoutSeconds = minutes * 60;
  const file = `${ns}.yaml`;
  const manifest = serviceManifest(ns, app, {
    sessionAffinity: 'None',
    selector: { app },
    ports: [{ port, targetPort: target }],
  });
  const sessionAffinityConfig = { clientIP: { timeoutSeconds } };
  const lines = `  sessionAffinity: ClientIP\\n  sessionAffinityConfig:\\n    clientIP:\\n      timeoutSeconds: ${timeoutSeconds}`;
  return {
    namespaces: [ns],
    text: {
      ko: `네임스페이스 \`${ns}\`의 서비스 \`${app}\`에 다시 연결하면 다른 파드가 답하기도 해서 로그인이 풀린다. 같은 주소에서 온 연결은 같은 파드로 가고, ${minutes}분 동안 연결이 없어야 풀리게 한다. ${port}번 포트는 계속 응답해야 한다.`,
      en: `Connections to Service \`${app}\` in namespace \`${ns}\` are answered now by one pod, now by another, and people are logged out. Let connections from one address go to one pod, until none has come for ${minutes} minutes. Port ${port} must go on answering.`,
    },
    cause: {
      ko: `\`sessionAffinity: ClientIP\`는 출발지 주소마다 파드를 하나로 정해 둔다. 시간은 \`sessionAffinityConfig.clientIP.timeoutSeconds\`에 초로 적고, 적지 않으면 10800초(세 시간)이다. 시간은 마지막 연결부터 센다.`,
      en: `\`sessionAffinity: ClientIP\` keeps each source address with one pod. The time is set in \`sessionAffinityConfig.clientIP.timeoutSeconds\`, in seconds; if it is left out, it is 10800, three hours. It is counted from the last connection.`,
    },
    lesson: { lesson: 'affinity', anchor: 'affinity-timeout' },
    manifests: [deployment({ namespace: ns, name: app, port: target }), manifest],
    files: { [file]: manifest },
    checks: [
      exists(ns, app),
      service(
        ns,
        app,
        ['spec', 'sessionAffinity'],
        {
          ko: '`sessionAffinity`가 ClientIP가 아니다. 트래픽 정책이나 레플리카 수를 바꾸어도 같은 파드로 가지는 않는다.',
          en: '`sessionAffinity` is not ClientIP. Traffic policies and the number of replicas do not hold a caller to a pod.',
        },
        { equals: 'ClientIP' },
      ),
      service(
        ns,
        app,
        ['spec', 'sessionAffinityConfig', 'clientIP', 'timeoutSeconds'],
        {
          ko: `시간이 다르다. 초로 적고, 적지 않으면 10800초이다. 필요한 것: ${minutes}분`,
          en: `The time differs. It is in seconds, and 10800 if it is left out. Wanted: ${minutes} minutes.`,
        },
        { equals: timeoutSeconds },
      ),
      answers(`service:${ns}/${app}`, port, {
        ko: `서비스가 ${port}번 포트에서 더는 응답하지 않는다.`,
        en: `The Service no longer answers on port ${port}.`,
      }),
    ],
    solution: [patch(ns, app, { sessionAffinity: 'ClientIP', sessionAffinityConfig })],
    alternatives: [[`sed -i 's/  sessionAffinity: None/${lines}/' ${file}`, `kubectl apply -f ${file}`]],
    mistakes: [
      { lines: [patch(ns, app, { sessionAffinity: 'ClientIP' })], failedCheck: 2 },
      {
        lines: [
          patch(ns, app, { sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: minutes } } }),
        ],
        failedCheck: 2,
      },
      { lines: [patch(ns, app, { internalTrafficPolicy: 'Local' })], failedCheck: 1 },
      {
        lines: [
          `kubectl delete svc ${app} -n ${ns}`,
          `kubectl expose deployment ${app} -n ${ns} --port=${port} --session-affinity=ClientIP`,
          patch(ns, app, { sessionAffinityConfig }),
        ],
        failedCheck: 3,
      },
    ],
  };
};
