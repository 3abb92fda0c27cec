import type { Misconception } from './types';

const at = (lesson: string, anchor: string) => ({ lesson, anchor });

/** What people get wrong about Services, each with where the course meets it. */
export const misconceptions = [
  {
    id: 'cluster-ip-ping',
    belief: { ko: '클러스터 IP는 ping에 답한다.', en: 'A cluster IP answers ping.' },
    truth: {
      ko: '클러스터 IP를 가진 장치는 없다. iptables와 nftables 모드의 규칙은 서비스의 프로토콜과 포트만 파드로 보내므로 ICMP에는 답이 오지 않는다.',
      en: 'No device owns a cluster IP. In iptables and nftables mode the rules send only the Service’s protocols and ports to pods, so nothing answers ICMP.',
    },
    met: [at('clusterip', 'ping')],
  },
  {
    id: 'selector-roughly',
    belief: {
      ko: '셀렉터는 디플로이먼트의 이름이나 비슷한 레이블에도 맞는다.',
      en: 'A selector matches a Deployment’s name, or labels that are roughly the same.',
    },
    truth: {
      ko: '파드의 레이블과 견준다. 셀렉터의 키와 값이 모두 글자 그대로 같아야 한다.',
      en: 'It is compared with the labels of pods. Every key and value of the selector must be there, letter for letter.',
    },
    met: [at('endpoints', 'selector')],
  },
  {
    id: 'no-endpoints-hangs',
    belief: {
      ko: '뒤에 파드가 없는 서비스로 보낸 요청은 멈춰 있거나 404를 받는다.',
      en: 'A request to a Service without pods hangs, or gets a 404.',
    },
    truth: {
      ko: '준비된 엔드포인트가 없으면 kube-proxy가 거절하는 규칙을 둔다. 연결은 곧바로 거절된다.',
      en: 'Without ready endpoints kube-proxy writes a rule that rejects. The connection is refused at once.',
    },
    met: [at('endpoints', 'no-endpoints')],
  },
  {
    id: 'running-is-ready',
    belief: { ko: 'Running인 파드는 서비스에 들어간다.', en: 'A pod that is Running is in the Service.' },
    truth: {
      ko: '상태가 Running이어도 준비성 프로브를 통과해 Ready가 되어야 요청을 받는다.',
      en: 'It must also be Ready: its readiness probe has to pass before it gets requests.',
    },
    met: [at('endpoints', 'ready')],
  },
  {
    id: 'container-port-opens',
    belief: { ko: 'containerPort가 포트를 열거나 막는다.', en: 'containerPort opens a port, or limits access to it.' },
    truth: {
      ko: 'containerPort는 알리는 값이다. 적지 않은 포트도 프로그램이 들으면 통한다. 다만 targetPort를 이름으로 적으면 그 이름의 컨테이너 포트가 있어야 한다.',
      en: 'It informs. A port that a program listens on works without it. But a targetPort that is a name needs a container port of that name.',
    },
    met: [at('ports', 'container-port')],
  },
  {
    id: 'ports-are-one',
    belief: { ko: 'port, targetPort, nodePort는 같은 포트다.', en: 'port, targetPort and nodePort are the same port.' },
    truth: {
      ko: 'port는 서비스의 주소에, nodePort는 노드의 주소에, targetPort는 파드에 있는 포트다.',
      en: 'port belongs to the Service’s address, nodePort to the nodes’ addresses, targetPort to the pod.',
    },
    met: [at('ports', 'three-places'), at('nodeport', 'trace')],
  },
  {
    id: 'target-port-string',
    belief: { ko: 'targetPort: "80"은 80과 같다.', en: 'targetPort: "80" equals 80.' },
    truth: {
      ko: '문자열은 포트의 이름이다. 이름에는 영문자가 있어야 하므로 API 서버가 "80"을 거절한다.',
      en: 'A string is the name of a port. A name needs a letter, so the API server rejects "80".',
    },
    met: [at('ports', 'string')],
  },
  {
    id: 'service-is-a-process',
    belief: {
      ko: '서비스는 트래픽이 거쳐 가는 프로그램이고, 노드 포트로 온 패킷은 클러스터 IP를 거친다.',
      en: 'A Service is a program that traffic goes through, and a packet to a node port passes the cluster IP.',
    },
    truth: {
      ko: '서비스는 모든 노드에 있는 규칙이다. 목적지는 규칙에서 한 번에 파드의 주소로 바뀐다.',
      en: 'A Service is rules on every node. They change the destination to a pod’s address in one go.',
    },
    met: [at('kube-proxy', 'no-process'), at('why-services', 'service')],
  },
  {
    id: 'node-port-listens',
    belief: {
      ko: 'nodePort가 열렸으면 노드의 ss나 netstat에 보인다.',
      en: 'An open nodePort shows in ss or netstat on the node.',
    },
    truth: {
      ko: '지금의 kube-proxy는 nodePort에서 듣는 소켓을 열지 않는다. 커널의 규칙이 패킷을 먼저 받는다.',
      en: 'Today’s kube-proxy opens no socket for a nodePort. The kernel’s rules take the packet first.',
    },
    met: [at('nodeport', 'trace')],
  },
  {
    id: 'node-port-on-pods-node',
    belief: {
      ko: 'nodePort는 파드가 있는 노드에서만 답한다.',
      en: 'A nodePort answers only on the node where the pod runs.',
    },
    truth: {
      ko: '모든 노드가 받아서 파드가 있는 노드로 넘긴다. externalTrafficPolicy가 Local이거나 방화벽이 막을 때만 다르다.',
      en: 'Every node accepts it and passes it on to the pod’s node, unless externalTrafficPolicy is Local or a firewall is in the way.',
    },
    met: [at('nodeport', 'run')],
  },
  {
    id: 'node-port-80',
    belief: { ko: 'nodePort에 80을 쓸 수 있다.', en: 'nodePort may be 80.' },
    truth: {
      ko: '기본 범위는 30000-32767이고, 벗어난 번호는 API 서버가 거절한다.',
      en: 'The range is 30000-32767 by default, and the API server rejects anything else.',
    },
    met: [at('nodeport', 'tasks')],
  },
  {
    id: 'node-port-reused',
    belief: { ko: '같은 nodePort를 여러 서비스가 함께 쓸 수 있다.', en: 'Services can share a nodePort.' },
    truth: {
      ko: 'nodePort는 클러스터 전체에서 나누어 준다. 네임스페이스가 달라도 이미 쓰는 번호는 거절된다.',
      en: 'Node ports are allocated for the whole cluster. One in use is rejected, in other namespaces too.',
    },
    met: [at('lab-port-taken', 'node-port-reused'), at('loadbalancer-practice', 'node-port-reused')],
  },
  {
    id: 'load-balancer-anywhere',
    belief: {
      ko: 'LoadBalancer 타입은 어느 클러스터에서나 주소를 받는다.',
      en: 'A Service of type LoadBalancer gets an address in any cluster.',
    },
    truth: {
      ko: '주소는 클라우드나 MetalLB 같은 컨트롤러가 정한다. 그런 것이 없으면 EXTERNAL-IP는 <pending>으로 남는다.',
      en: 'A cloud or a controller such as MetalLB assigns it. Without one, EXTERNAL-IP stays <pending>.',
    },
    met: [at('loadbalancer-practice', 'load-balancer-anywhere'), at('loadbalancer', 'run')],
  },
  {
    id: 'load-balancer-replaces',
    belief: {
      ko: 'LoadBalancer를 쓰면 노드 포트와 클러스터 IP는 없어진다.',
      en: 'LoadBalancer takes the place of node ports and the cluster IP.',
    },
    truth: {
      ko: '셋 다 있다. allocateLoadBalancerNodePorts가 false일 때만 노드 포트를 새로 받지 않는다.',
      en: 'It has all three. Only with allocateLoadBalancerNodePorts false does it get no new node ports.',
    },
    met: [at('loadbalancer-practice', 'load-balancer-replaces'), at('loadbalancer', 'no-node-ports')],
  },
  {
    id: 'node-port-on-localhost',
    belief: {
      ko: '내 컴퓨터의 클러스터라면 localhost나 노드의 IP로 nodePort를 부를 수 있다.',
      en: 'With a cluster on my computer, the nodePort answers on localhost or on the node’s IP.',
    },
    truth: {
      ko: 'nodePort는 노드의 주소에 있다. minikube나 kind의 노드는 가상 머신이나 컨테이너여서, 운영체제에 따라 터널이나 포트 매핑이 필요하다.',
      en: 'A nodePort belongs to the nodes’ addresses. Nodes of minikube or kind are virtual machines or containers; on some systems that takes a tunnel or a port mapping.',
    },
    met: [at('loadbalancer-practice', 'node-port-on-localhost')],
  },
  {
    id: 'client-address',
    belief: { ko: '파드는 클라이언트의 IP를 본다.', en: 'A pod sees the client’s IP.' },
    truth: {
      ko: 'externalTrafficPolicy가 Cluster이면 노드가 출발지를 자기 주소로 바꾼다(SNAT). 파드에는 노드의 주소가 보인다.',
      en: 'With externalTrafficPolicy Cluster the node puts its own address in place of the source (SNAT). The pod sees the node.',
    },
    met: [at('source-ip', 'client-address')],
  },
  {
    id: 'local-is-free',
    belief: {
      ko: 'externalTrafficPolicy: Local에는 대가가 없다.',
      en: 'externalTrafficPolicy: Local costs nothing.',
    },
    truth: {
      ko: '파드가 없는 노드는 밖에서 온 패킷을 버린다. 노드마다 파드 수가 다르면 부하도 고르지 않다.',
      en: 'A node without a pod drops what comes from outside, and load is uneven where nodes have different numbers of pods.',
    },
    met: [at('source-ip', 'local-is-free')],
  },
  {
    id: 'local-from-pods',
    belief: {
      ko: 'Local이어도 파드에서 다른 노드의 nodePort를 부르면 밖에서 부를 때와 같다.',
      en: 'Under Local, a pod that calls another node’s nodePort is treated like a caller from outside.',
    },
    truth: {
      ko: '클러스터 안에서 온 패킷에는 다른 규칙이 적용된다. 같은 주소와 포트라도 부르는 곳에 따라 결과가 다르다.',
      en: 'Packets from inside the cluster meet other rules. The same address and port gives different results, depending on who calls.',
    },
    met: [at('source-ip', 'local-from-pods')],
  },
  {
    id: 'round-robin',
    belief: { ko: '서비스는 파드를 차례로 돌아가며 고른다.', en: 'A Service takes its pods in turn.' },
    truth: {
      ko: 'iptables와 nftables 모드는 연결마다 파드를 무작위로 고른다. 적은 횟수로는 고르게 나뉘지 않는다.',
      en: 'In iptables and nftables mode a pod is picked at random for each connection. A handful of connections is rarely spread evenly.',
    },
    met: [at('affinity', 'round-robin'), at('kube-proxy', 'random')],
  },
  {
    id: 'requests-balanced',
    belief: { ko: 'HTTP 요청마다 파드를 새로 고른다.', en: 'A pod is picked for each HTTP request.' },
    truth: {
      ko: '연결마다 고른다. 킵얼라이브(keep-alive), HTTP/2, gRPC처럼 연결을 이어 쓰면 요청이 모두 한 파드로 간다.',
      en: 'One is picked for each connection. Keep-alive, HTTP/2 and gRPC reuse a connection, so all of its requests go to one pod.',
    },
    met: [at('affinity', 'requests-balanced')],
  },
  {
    id: 'affinity-is-a-cookie',
    belief: {
      ko: 'sessionAffinity는 쿠키로 동작하고 인그레스를 거쳐도 유지된다.',
      en: 'sessionAffinity uses a cookie and works through an ingress.',
    },
    truth: {
      ko: '출발지 IP로 동작한다. 프록시 뒤에서는 모두 한 클라이언트로 보이고, 인그레스 컨트롤러는 대개 파드로 직접 보낸다.',
      en: 'It goes by the source IP. Behind a proxy all look like one client, and most ingress controllers send to pods directly.',
    },
    met: [at('affinity', 'affinity-is-a-cookie')],
  },
  {
    id: 'affinity-timeout',
    belief: {
      ko: 'sessionAffinity의 시간은 첫 요청부터 잰다.',
      en: 'The timeout of sessionAffinity counts from the first request.',
    },
    truth: {
      ko: '연결할 때마다 처음부터 다시 잰다. 기본값은 10800초다.',
      en: 'Each new connection starts it again. The default is 10800 seconds.',
    },
    met: [at('affinity', 'affinity-timeout')],
  },
  {
    id: 'short-name-everywhere',
    belief: {
      ko: '서비스의 짧은 이름은 어느 네임스페이스에서나 통한다.',
      en: 'A Service’s short name works from every namespace.',
    },
    truth: {
      ko: '같은 네임스페이스에서만 통한다. 다른 곳에서는 `이름.네임스페이스`로 부른다.',
      en: 'It works in its own namespace. From elsewhere the name is `name.namespace`.',
    },
    met: [at('dns', 'search')],
  },
  {
    id: 'look-ups-are-alike',
    belief: {
      ko: 'dig, nslookup, curl은 이름을 똑같이 찾는다.',
      en: 'dig, nslookup and curl look a name up in the same way.',
    },
    truth: {
      ko: 'curl은 파드의 search 목록을 차례로 붙여 묻는다. dig는 +search를 주지 않으면 적힌 이름만 묻는다.',
      en: 'curl goes through the pod’s search list. dig queries the name as written unless it is given +search.',
    },
    met: [at('dns', 'tools')],
  },
  {
    id: 'calling-oneself',
    belief: {
      ko: '파드는 자기 서비스로 자신을 부를 수 없다. 또는 언제나 부를 수 있다.',
      en: 'A pod cannot call itself through its Service, or always can.',
    },
    truth: {
      ko: '노드의 네트워크가 헤어핀을 허용하면 된다. 자기 주소가 출발지인 패킷이 밖에서 오면 커널이 버리므로, 노드가 출발지를 바꾼다.',
      en: 'It can where the node’s network allows hairpin traffic. The node changes the source, because the pod’s kernel drops packets that come from its own address.',
    },
    met: [at('packet', 'hairpin')],
  },
  {
    id: 'headless-maps-ports',
    belief: {
      ko: '헤드리스 서비스도 port를 targetPort로 바꾸고 연결을 나눈다.',
      en: 'A headless Service maps port to targetPort and balances connections.',
    },
    truth: {
      ko: 'DNS가 파드의 주소를 알려 줄 뿐이고 규칙은 없다. 파드가 듣는 포트로 불러야 한다.',
      en: 'DNS gives the pods’ addresses, and there are no rules. The port to call is the one the pod listens on.',
    },
    met: [at('dns', 'headless')],
  },
  {
    id: 'environment-is-updated',
    belief: {
      ko: '서비스의 환경 변수는 이미 도는 파드에도 생긴다.',
      en: 'A Service’s environment variables appear in pods that are already running.',
    },
    truth: {
      ko: '컨테이너가 시작할 때 있던 서비스만 들어간다. 나중에 만든 서비스는 새로 시작한 파드에서만 보인다.',
      en: 'A container gets those of the Services that exist when it starts. A later Service shows only in pods started after it.',
    },
    met: [at('access-ways', 'env')],
  },
  {
    id: 'port-forward-uses-service',
    belief: {
      ko: 'kubectl port-forward svc/이름은 서비스를 거친다.',
      en: 'kubectl port-forward svc/NAME goes through the Service.',
    },
    truth: {
      ko: '셀렉터로 파드 하나를 골라 그 파드에 바로 잇는다. 서비스의 규칙도, 나누기도 시험되지 않는다.',
      en: 'It takes one pod by the selector and connects to that pod. It tests neither the rules nor the balancing.',
    },
    met: [at('access-ways', 'port-forward')],
  },
  {
    id: 'external-name-proxies',
    belief: {
      ko: 'ExternalName은 요청을 중계하고 HTTPS에도 그대로 쓸 수 있다.',
      en: 'ExternalName forwards requests and simply works for HTTPS.',
    },
    truth: {
      ko: 'DNS의 CNAME일 뿐이다. Host 헤더와 인증서 확인에는 부른 이름이 그대로 쓰인다.',
      en: 'It is a CNAME in DNS. The Host header and the check of the certificate keep the name that was called.',
    },
    met: [at('other-services', 'externalname')],
  },
  {
    id: 'ports-without-names',
    belief: { ko: '포트가 여럿이어도 이름은 없어도 된다.', en: 'Several ports need no names.' },
    truth: {
      ko: '포트가 둘 이상이면 포트마다 이름이 있어야 하고, 없으면 API 서버가 거절한다.',
      en: 'With two or more ports each must have a name, or the API server rejects the Service.',
    },
    met: [at('ports', 'several')],
  },
  {
    id: 'policy-sees-service',
    belief: {
      ko: '네트워크폴리시에는 서비스의 포트나 클러스터 IP를 적는다.',
      en: 'A NetworkPolicy names the Service’s port or cluster IP.',
    },
    truth: {
      ko: '대부분의 네트워크 플러그인은 목적지가 바뀐 다음의 패킷을 검사한다. 정책은 파드의 포트와 레이블로 적는다.',
      en: 'Most network plugins check packets after their destination was changed. A policy names the pods’ ports and labels.',
    },
    met: [at('access-ways', 'network-policy')],
  },
  {
    id: 'deleted-at-once',
    belief: {
      ko: '파드를 지우면 요청이 곧바로 끊기고, 롤링 업데이트에서는 요청을 잃지 않는다.',
      en: 'Deleting a pod stops its traffic at once, and a rolling update loses no request.',
    },
    truth: {
      ko: '파드의 종료와 규칙의 갱신은 따로 진행된다. 그사이의 요청을 잃지 않으려면 SIGTERM을 받은 뒤에도 잠시 답하거나 preStop으로 기다려야 한다.',
      en: 'A pod’s end and the update of the rules go on side by side. To lose nothing in between, it must answer for a while after SIGTERM, or wait in preStop.',
    },
    met: [at('ending-pods', 'deleted-at-once')],
  },
  {
    id: 'udp-like-tcp',
    belief: {
      ko: '엔드포인트가 바뀔 때 UDP도 TCP처럼 움직인다.',
      en: 'UDP behaves like TCP when endpoints change.',
    },
    truth: {
      ko: 'UDP에는 연결의 끝이 없어서 conntrack 항목이 남는다. kube-proxy가 낡은 항목을 지우기 전에는 없어진 파드로 계속 간다.',
      en: 'UDP has no end of a connection, so the conntrack entry stays. Until kube-proxy removes it, datagrams go to the pod that is gone.',
    },
    met: [at('packet', 'udp'), at('ending-pods', 'udp-like-tcp')],
  },
  {
    id: 'cluster-ip-from-laptop',
    belief: { ko: '내 노트북에서 클러스터 IP를 부를 수 있다.', en: 'My laptop can call a cluster IP.' },
    truth: {
      ko: '클러스터 IP는 노드와 파드에서만 통한다. 밖의 라우터는 그 주소로 가는 길을 모른다.',
      en: 'It works on nodes and in pods only. Routers outside have no route to it.',
    },
    met: [at('clusterip', 'trace'), at('access-ways', 'laptop')],
  },
] as const satisfies readonly Misconception[];

export type MisconceptionId = (typeof misconceptions)[number]['id'];
