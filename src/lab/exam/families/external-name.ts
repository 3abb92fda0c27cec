import { callerPod, deployment, serviceManifest } from '../manifests';
import { answers, exists, type Family, patch, service } from '../task';

/** An alias that leads to a name nobody has. */
export const externalName: Family = (draw) => {
  const [ns, front, app, target] = [draw.namespace(), draw.namespace(), draw.app(), draw.containerPort()];
  const alias = draw.pick(['db', 'backend', 'upstream', 'partner']);
  const right = `${app}.${ns}.svc.cluster.local`;
  const wrong = draw.pick([
    `${app}.svc.cluster.local`,
    `${ns}.${app}.svc.cluster.local`,
    `${app}.${front}.svc.cluster.local`,
    `${app}.${ns}.cluster.local`,
  ]);
  const file = `${front}.yaml`;
  const manifest = serviceManifest(front, alias, { type: 'ExternalName', externalName: wrong });
  const to = (name: string) => patch(front, alias, { externalName: name });
  return {
    namespaces: [ns, front],
    text: {
      ko: `네임스페이스 \`${front}\`의 서비스 \`${alias}\`에는 파드가 없다. 네임스페이스 \`${ns}\`의 서비스 \`${app}\`의 별명이어야 하는데 이름이 풀리지 않는다. 네임스페이스 \`${front}\`의 파드 \`caller\`가 \`http://${alias}\`에서 응답을 받게 한다.`,
      en: `Service \`${alias}\` in namespace \`${front}\` has no pods: it is meant to be another name of Service \`${app}\` in namespace \`${ns}\`, but it does not resolve. Let the pod \`caller\` in namespace \`${front}\` get an answer from \`http://${alias}\`.`,
    },
    cause: {
      ko: `ExternalName은 이름을 다른 이름으로 바꾸어 줄 뿐이다(CNAME). \`${wrong}\`에 해당하는 것이 없어 답이 없다. 서비스의 완전한 이름은 \`${right}\`이다.`,
      en: `An ExternalName only answers one name with another (CNAME), and there is nothing called \`${wrong}\`. The Service’s full name is \`${right}\`.`,
    },
    lesson: { lesson: 'other-services', anchor: 'externalname' },
    manifests: [
      deployment({ namespace: ns, name: app, port: target }),
      serviceManifest(ns, app, { selector: { app }, ports: [{ port: 80, targetPort: target }] }),
      manifest,
      callerPod(front, 'caller'),
    ],
    files: { [file]: manifest },
    checks: [
      exists(front, alias),
      service(
        front,
        alias,
        ['spec', 'externalName'],
        {
          ko: `\`${app}.${ns}\`만으로는 모자란다. CNAME이 가리키는 이름에는 파드의 \`search\`가 붙지 않으므로 \`.svc.cluster.local\`까지 적는다.`,
          en: `\`${app}.${ns}\` is not enough. The pod’s \`search\` list is not applied to what a CNAME points to: write the full name, with \`.svc.cluster.local\`.`,
        },
        { equals: `${app}.${ns}`, absent: true },
      ),
      answers(
        `name:${alias}`,
        80,
        {
          ko: '파드가 이 이름에서 아직 응답을 받지 못한다. ExternalName에는 주소가 아니라 이름을, 서비스와 네임스페이스의 차례로 끝까지 적는다. 포트는 바뀌지 않으므로 원래 서비스의 80번이 그대로 쓰인다.',
          en: 'The pod still gets no answer by this name. An ExternalName takes a name, not an address, and it must be the full name: Service first, then namespace. It changes no ports, so the Service’s own 80 is used.',
        },
        { from: `pod:${front}/caller` },
      ),
    ],
    solution: [to(right)],
    alternatives: [
      [`sed -i 's/externalName: .*/externalName: ${right}/' ${file}`, `kubectl apply -f ${file}`],
      [
        `kubectl delete svc ${alias} -n ${front}`,
        `kubectl create service externalname ${alias} -n ${front} --external-name=${right}`,
      ],
    ],
    mistakes: [
      { lines: [to(`${app}.${ns}`)], failedCheck: 1 },
      { lines: [to(app)], failedCheck: 2 },
      { lines: [to('10.96.0.1')], failedCheck: 2 },
      { lines: [`kubectl delete svc ${alias} -n ${front}`], failedCheck: 0 },
    ],
  };
};
