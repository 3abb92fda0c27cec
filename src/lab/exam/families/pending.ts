import { deployment, serviceManifest } from '../manifests';
import { answers, type Family, patch, service } from '../task';

/** A load balancer of a class that nobody here looks after. */
export const pending: Family = (draw) => {
  const [ns, app, port, target] = [draw.namespace(), draw.app(), draw.servicePort(), draw.containerPort()];
  const loadBalancerClass = draw.pick([
    'example.com/edge',
    'example.com/internal',
    'lb.example.org/fast',
    'cloud.example.net/l4',
  ]);
  const file = `${ns}.yaml`;
  const manifest = serviceManifest(ns, app, {
    type: 'LoadBalancer',
    loadBalancerClass,
    selector: { app },
    ports: [{ port, targetPort: target }],
  });
  const withoutClass = `sed -i '/loadBalancerClass/d' ${file}`;
  return {
    namespaces: [ns],
    text: {
      ko: `네임스페이스 \`${ns}\`의 서비스 \`${app}\`에는 아무리 기다려도 로드 밸런서의 주소가 생기지 않는다. EXTERNAL-IP가 계속 \`<pending>\`이다. 노트북이 로드 밸런서의 주소 ${port}번 포트에서 응답을 받게 한다.`,
      en: `However long you wait, the EXTERNAL-IP of Service \`${app}\` in namespace \`${ns}\` is \`<pending>\`. Let the laptop get an answer at its load balancer’s address on port ${port}.`,
    },
    cause: {
      ko: `\`loadBalancerClass: ${loadBalancerClass}\`에 맞는 컨트롤러가 이 클러스터에 없고, 클라우드의 컨트롤러는 클래스가 적힌 서비스를 건드리지 않는다. 이 필드는 타입이 LoadBalancer인 동안 바꿀 수 없으므로 서비스를 다시 만들거나 다른 타입을 거쳐 온다.`,
      en: `No controller here looks after \`loadBalancerClass: ${loadBalancerClass}\`, and the cloud’s own leaves Services with a class alone. The field cannot be changed while the type is LoadBalancer, so make the Service again, or take it through another type.`,
    },
    lesson: { lesson: 'lab-pending', anchor: 'diagnosis' },
    manifests: [deployment({ namespace: ns, name: app, port: target }), manifest],
    files: { [file]: manifest },
    checks: [
      service(
        ns,
        app,
        ['spec', 'type'],
        {
          ko: '타입이 LoadBalancer인 서비스가 없다. 다른 타입으로는 로드 밸런서의 주소가 생기지 않는다.',
          en: 'There is no Service of type LoadBalancer. Other types do not get the address of a load balancer.',
        },
        { equals: 'LoadBalancer' },
      ),
      service(
        ns,
        app,
        ['spec', 'loadBalancerClass'],
        {
          ko: '서비스는 아직 이 클러스터에 없는 클래스의 로드 밸런서를 기다린다. 서비스를 다시 만들었어도 매니페스트에 클래스가 남아 있으면 같은 일이 되풀이된다.',
          en: 'The Service still waits for a load balancer of a class that this cluster does not have. Making it again changes nothing while its manifest names that class.',
        },
        { equals: loadBalancerClass, absent: true },
      ),
      answers(
        `ingress:${ns}/${app}`,
        port,
        {
          ko: `노트북이 로드 밸런서의 주소 ${port}번 포트에서 응답을 받지 못했다. 방금 만들었으면 주소가 생길 때까지 몇 초 걸린다. 그 뒤에도 없으면 포트와 셀렉터를 본다.`,
          en: `The laptop got no answer at the load balancer’s address on port ${port}. If it is new, the address takes a few seconds; after that, look at the ports and the selector.`,
        },
        { from: 'internet' },
      ),
    ],
    solution: [withoutClass, `kubectl replace --force -f ${file}`, 'sleep 10'],
    alternatives: [
      [withoutClass, `kubectl delete svc ${app} -n ${ns}`, `kubectl apply -f ${file}`, 'sleep 10'],
      [patch(ns, app, { type: 'NodePort', loadBalancerClass: null }), patch(ns, app, { type: 'LoadBalancer' }), 'sleep 10'],
    ],
    mistakes: [
      { lines: [patch(ns, app, { type: 'NodePort', loadBalancerClass: null })], failedCheck: 0 },
      { lines: [`kubectl replace --force -f ${file}`, 'sleep 10'], failedCheck: 1 },
      { lines: [withoutClass, `kubectl apply -f ${file}`, 'sleep 10'], failedCheck: 1 },
    ],
  };
};
