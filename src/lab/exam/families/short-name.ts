import { callerPod, deployment, serviceManifest } from '../manifests';
import { answers, type Family, rolledOut, service } from '../task';

/** A program that calls a short name from another namespace. */
export const shortName: Family = (draw) => {
  const [ns, front, app, target] = [draw.namespace(), draw.namespace(), draw.app(), draw.containerPort()];
  const pod = draw.pick(['till', 'kiosk', 'robot', 'report']);
  const deploymentManifest = deployment({ namespace: ns, name: app, port: target });
  const manifest = serviceManifest(ns, app, { selector: { app }, ports: [{ port: 80, targetPort: target }] });
  const [file, deploymentFile] = [`${ns}.yaml`, `${ns}-deployment.yaml`];
  const alias = (to: string, namespace = front) =>
    `kubectl create service externalname ${app} -n ${namespace} --external-name=${to}`;
  const move = (...files: string[]) => [
    `sed -i 's/namespace: ${ns}/namespace: ${front}/' ${files.join(' ')}`,
    `kubectl apply ${files.map((one) => `-f ${one}`).join(' ')}`,
  ];
  return {
    namespaces: [ns, front],
    text: {
      ko: `네임스페이스 \`${front}\`의 파드 \`${pod}\`에서 도는 프로그램은 \`http://${app}\`만 부르고, 고칠 수 없다. 그 이름은 풀리지 않는다. 서비스 \`${app}\`의 네임스페이스는 \`${ns}\`이다. 이 파드가 그 이름으로 80번 포트에서 응답을 받게 한다.`,
      en: `The program in pod \`${pod}\` of namespace \`${front}\` calls \`http://${app}\` and nothing else, and cannot be changed. The name does not resolve: Service \`${app}\` is in namespace \`${ns}\`. Let that pod get an answer on port 80 by that name.`,
    },
    cause: {
      ko: `점이 없는 이름은 파드 자신의 네임스페이스에서 먼저 찾는다. 이 파드에는 \`${app}.${front}.svc.cluster.local\`이 되는데 그런 서비스가 없다. 그 네임스페이스에 ExternalName 서비스를 두면 같은 이름이 다른 네임스페이스의 서비스로 이어진다.`,
      en: `A name without dots is looked up in the pod’s own namespace first. For this pod it means \`${app}.${front}.svc.cluster.local\`, which is no Service. An ExternalName Service there leads the same name to the Service in the other namespace.`,
    },
    lesson: { lesson: 'dns', anchor: 'search' },
    manifests: [deploymentManifest, manifest, callerPod(front, pod)],
    files: { [file]: manifest, [deploymentFile]: deploymentManifest },
    checks: [
      service(front, app, ['spec'], {
        ko: `네임스페이스 \`${front}\`에 이런 서비스가 없다: \`${app}\`. 파드는 자기 네임스페이스의 이름을 찾으므로 다른 곳에 만든 것은 이 이름으로 찾을 수 없다.`,
        en: `Namespace \`${front}\` has no Service \`${app}\`. The pod looks the name up in its own namespace, so one that you made elsewhere is not found by it.`,
      }),
      answers(
        `name:${app}`,
        80,
        {
          ko: '이름은 생겼지만 응답이 없다. ExternalName이면 네임스페이스까지 든 완전한 이름을 가리켜야 한다. 셀렉터는 자기 네임스페이스의 파드만 고른다.',
          en: 'The name is there, but no answer comes. An ExternalName has to point to the full name, namespace included. A selector selects pods of its own namespace only.',
        },
        { from: `pod:${front}/${pod}` },
      ),
    ],
    solution: [alias(`${app}.${ns}.svc.cluster.local`)],
    alternatives: [[...move(file, deploymentFile), rolledOut(front, app)]],
    mistakes: [
      { lines: [alias(`${app}.${ns}.svc.cluster.local`, 'default')], failedCheck: 0 },
      { lines: [alias(app)], failedCheck: 1 },
      { lines: move(file), failedCheck: 1 },
    ],
  };
};
