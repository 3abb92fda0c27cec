import { deployment, serviceManifest } from '../manifests';
import { answers, exists, type Family, hasEndpoints, patch, service } from '../task';

/** A Service whose name should give the pods' own addresses. */
export const headless: Family = (draw) => {
  const [ns, app, target] = [draw.namespace(), draw.app(), draw.containerPort()];
  const name = `${app}-${draw.pick(['peers', 'members', 'pods'])}`;
  const file = `${ns}.yaml`;
  const manifest = serviceManifest(ns, name, { selector: { app }, ports: [{ port: target, targetPort: target }] });
  const remove = `kubectl delete svc ${name} -n ${ns}`;
  return {
    namespaces: [ns],
    text: {
      ko: `\`${name}.${ns}\`의 주소를 물으면 클러스터 IP 하나가 나온다. 프로그램은 그 이름에서 파드들의 주소를 얻어 ${target}번 포트로 하나씩 부르려고 한다. 이름을 물으면 준비된 파드의 주소가 나오게 한다.`,
      en: `Asked for the address of \`${name}.${ns}\`, DNS gives one cluster IP. A program wants the addresses of the pods behind that name, to call each of them on port ${target}. Let the name give the addresses of the ready pods.`,
    },
    cause: {
      ko: `\`clusterIP: None\`인 헤드리스 서비스에는 가상 IP가 없고, 이름을 물으면 준비된 파드의 주소가 나온다. 이미 있는 서비스의 \`clusterIP\`는 바꿀 수 없으므로 서비스를 다시 만든다.`,
      en: `A headless Service, with \`clusterIP: None\`, has no virtual IP: its name gives the addresses of its ready pods. An existing Service keeps its \`clusterIP\`, so it has to be made again.`,
    },
    lesson: { lesson: 'dns', anchor: 'headless' },
    manifests: [deployment({ namespace: ns, name: app, port: target }), manifest],
    files: { [file]: manifest },
    checks: [
      exists(ns, name),
      service(
        ns,
        name,
        ['spec', 'clusterIP'],
        {
          ko: '서비스에 아직 클러스터 IP가 있다. 이미 있는 서비스에서는 이 필드를 바꿀 수 없다. 거절되었다면 메시지를 읽는다.',
          en: 'The Service still has a cluster IP. In a Service that exists, this field cannot be changed. If you were refused, read the message.',
        },
        { equals: 'None' },
      ),
      hasEndpoints(ns, name, {
        ko: `헤드리스지만 준비된 엔드포인트가 없어 이름이 풀리지 않는다. 셀렉터를 본다. 파드의 레이블은 \`app: ${app}\`이다.`,
        en: `It is headless, but has no ready endpoints, so its name does not resolve. Look at the selector: the pods are labelled \`app: ${app}\`.`,
      }),
      answers(`name:${name}.${ns}`, target, {
        ko: `이름에서 얻은 주소의 ${target}번 포트에서 응답이 없다. 헤드리스 서비스는 포트를 바꾸어 주지 않는다.`,
        en: `No answer on port ${target} of the address that the name gives. A headless Service changes no ports.`,
      }),
    ],
    solution: [`sed -i 's/^spec:/spec:\\n  clusterIP: None/' ${file}`, `kubectl replace --force -f ${file}`],
    alternatives: [
      [remove, `kubectl expose deployment ${app} --name=${name} -n ${ns} --port=${target} --cluster-ip=None`],
      [`sed -i 's/^spec:/spec:\\n  clusterIP: None/' ${file}`, remove, `kubectl apply -f ${file}`],
    ],
    mistakes: [
      { lines: [patch(ns, name, { clusterIP: 'None' })], failedCheck: 1 },
      { lines: [remove, `kubectl create service clusterip ${name} -n ${ns} --clusterip=None`], failedCheck: 2 },
      { lines: [remove], failedCheck: 0 },
      { lines: [remove, `kubectl expose deployment ${app} --name=${name} -n ${ns} --port=${target}`], failedCheck: 1 },
    ],
  };
};
