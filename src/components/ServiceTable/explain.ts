import { translate } from '@docusaurus/Translate';
import type { KubeObject } from '../../cluster/apimachinery/object';
import type { Piece } from './cells';

interface Explanation {
  /** The field of the object, e.g. `spec.ports[0].nodePort: 30352`. */
  field: string;
  sentence: string;
}

function typeSentence(type: string): string {
  if (type === 'NodePort')
    return translate({
      id: 'widget.table.type.nodePort',
      message: '클러스터 IP에 더해, 모든 노드에서 같은 번호의 노드 포트로도 부를 수 있다.',
    });
  if (type === 'LoadBalancer')
    return translate({
      id: 'widget.table.type.loadBalancer',
      message: '클러스터 IP와 노드 포트에 더해, 클라우드가 바깥 주소를 하나 준다.',
    });
  if (type === 'ExternalName')
    return translate({
      id: 'widget.table.type.externalName',
      message: 'DNS 이름을 다른 이름으로 이어 주기만 한다. 클러스터 IP가 없다.',
    });
  return translate({ id: 'widget.table.type.clusterIP', message: '클러스터 안에서만 쓰는 가상 IP를 하나 갖는다.' });
}

function externalSentence(service: KubeObject, text: string): string {
  if (text === '<pending>')
    return translate({ id: 'widget.table.pending', message: '클라우드 공급자가 아직 주소를 주지 않았다. 잠시 뒤 다시 본다.' });
  if (text === '<none>') return translate({ id: 'widget.table.none', message: '이 서비스만의 바깥 주소가 없다.' });
  if (service.spec?.type === 'LoadBalancer')
    return translate({
      id: 'widget.table.ingress',
      message: '로드 밸런서의 주소. 로드 밸런서는 여기로 온 연결을 노드로 넘긴다.',
    });
  return translate({ id: 'widget.table.external', message: '이 주소로 노드에 온 패킷도 서비스가 받는다.' });
}

/** What a piece of a `get svc` row stands for, from the object itself. undefined for punctuation. */
export function explain(service: KubeObject, piece: Piece): Explanation | undefined {
  if (!piece.link) return undefined;
  const { part, value } = piece.link;
  const index = piece.port ?? 0;
  const port = service.spec?.ports?.[index] ?? {};
  const target = `targetPort: ${port.targetPort ?? port.port}`;
  switch (part) {
    case 'port':
      return {
        field: `spec.ports[${index}].port: ${value} → ${target}`,
        sentence: translate({
          id: 'widget.table.port',
          message: '서비스의 포트. 클러스터 IP와 이 포트로 온 패킷은 목적지가 곧바로 파드의 targetPort로 바뀐다.',
        }),
      };
    case 'nodePort':
      return {
        field: `spec.ports[${index}].nodePort: ${value} → ${target}`,
        sentence: translate({
          id: 'widget.table.nodePort',
          message:
            '모든 노드에서 열린 포트. 노드의 주소와 이 포트로 온 패킷은 서비스의 포트를 거치지 않고 목적지가 파드의 targetPort로 바뀐다. 적지 않으면 30000–32767에서 하나가 할당된다.',
        }),
      };
    case 'protocol':
      return {
        field: `spec.ports[${index}].protocol: ${value}`,
        sentence: translate({
          id: 'widget.table.protocol',
          message: '전송 프로토콜. 같은 번호라도 TCP와 UDP는 서로 다른 포트다.',
        }),
      };
    case 'clusterIP':
      return {
        field: `spec.clusterIP: ${value}`,
        sentence:
          value === 'None'
            ? translate({
                id: 'widget.table.headless',
                message: '헤드리스 서비스. 가상 IP가 없고, DNS가 파드의 주소를 그대로 답한다.',
              })
            : translate({ id: 'widget.table.clusterIP', message: '가상 IP. 어느 인터페이스에도 없고, 노드의 규칙에만 있다.' }),
      };
    case 'externalIP':
      return {
        field: service.spec?.type === 'LoadBalancer' ? `status.loadBalancer.ingress: ${value}` : `spec.externalIPs: ${value}`,
        sentence: externalSentence(service, value),
      };
    case 'type':
      return { field: `spec.type: ${value}`, sentence: typeSentence(value) };
    case 'name':
      return {
        field: `metadata.name: ${value}`,
        sentence: translate({ id: 'widget.table.name', message: '서비스의 이름. 클러스터 안에서는 DNS 이름이기도 하다.' }),
      };
    default:
      return undefined;
  }
}
