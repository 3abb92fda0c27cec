import { translate } from '@docusaurus/Translate';
import type widgets from '@site/src/theme/MDXComponents';

type Registered = typeof widgets;
/** Markdown's own elements are written small, but for the theme's name of <details>. */
export type WidgetName = Exclude<keyof Registered, Lowercase<keyof Registered> | 'Details'>;

type Props<Name extends WidgetName> = Parameters<Registered[Name]> extends [infer Given] ? Given : object;

interface Example<Name extends WidgetName> {
  /** When an author takes this widget, and when another one. */
  use(): string;
  /** What the example on the page is given, in the lab `catalogue`. */
  props(): Props<Name>;
}

/** One example of each widget that lessons may use. A widget without one fails the type check and catalogue.test.ts. */
export const examples: { [Name in WidgetName]: Example<Name> } = {
  ClusterMap: {
    use: () =>
      translate({
        id: 'catalogue.ClusterMap.use',
        message:
          '패킷이 어디를 지나 어디에서 끝났는지 보여 줄 때 쓴다. caption에는 무엇을 눈여겨볼지 적는다. 패킷은 터미널에서 보낸 것이거나, packet으로 적어 둔 것이거나, 그림의 양식으로 보낸 것이다.',
      }),
    props: () => ({
      caption: translate({
        id: 'catalogue.ClusterMap.caption',
        message: '목적지는 노드 안에서 한 번 바뀐다. 지도를 한 단계씩 넘기면 바뀌는 곳이 보인다.',
      }),
    }),
  },
  Exam: {
    use: () =>
      translate({
        id: 'catalogue.Exam.use',
        message:
          '시험 페이지에 쓴다. 실습의 목표가 모두 과제가 되고, 힌트는 없다. 과제는 src/lab/exam/에서 시드로 만든다. 여기에서는 이 페이지의 목표가 나온다.',
      }),
    props: () => ({}),
  },
  Glossary: {
    use: () =>
      translate({
        id: 'catalogue.Glossary.use',
        message: '용어집 페이지에 쓴다. 내용은 src/components/Glossary/terms/에 있고, 순서는 페이지의 언어에 맞추어 정해진다.',
      }),
    props: () => ({}),
  },
  Goal: {
    use: () =>
      translate({
        id: 'catalogue.Goal.use',
        message:
          '할 일을 이루었는지 클러스터를 보고 확인할 때 쓴다. 제목과 조건, 힌트 셋, 풀이는 시나리오에 있고 여기에는 id만 적는다. 어떤 방법으로 이루어도 통과한다.',
      }),
    props: () => ({ id: 'reach-nodeport' }),
  },
  Ladder: {
    use: () =>
      translate({
        id: 'catalogue.Ladder.use',
        message:
          '고장 난 클러스터를 스스로 진단하게 할 때 쓴다. 질문마다 확인할 명령과 출력을 읽는 법을 적는다. 고치는 방법은 적지 않는다. 고쳤는지는 목표가 확인한다.',
      }),
    props: () => ({
      id: 'catalogue-who-is-behind',
      steps: [
        {
          question: translate({ id: 'catalogue.Ladder.question', message: '서비스 뒤에 파드가 있는가.' }),
          command: 'kubectl get endpointslices -l kubernetes.io/service-name=test',
          meaning: translate({
            id: 'catalogue.Ladder.meaning',
            message: 'ENDPOINTS 열에 주소가 있으면 셀렉터에 맞는 파드가 있다. 서비스를 아직 만들지 않았으면 슬라이스도 없다.',
          }),
        },
      ],
    }),
  },
  Manifest: {
    use: () =>
      translate({
        id: 'catalogue.Manifest.use',
        message: '파일을 고쳐 적용하게 할 때 쓴다. 파일은 시나리오의 files에 있다. 읽기만 할 매니페스트는 코드 블록에 적는다.',
      }),
    props: () => ({ file: 'test-nodeport.yaml' }),
  },
  Misconceptions: {
    use: () =>
      translate({
        id: 'catalogue.Misconceptions.use',
        message:
          '오해 목록 페이지에 쓴다. 내용은 src/lab/misconceptions/list.ts에 있고, 레슨이 생기면 그 레슨의 제목으로 이어진다.',
      }),
    props: () => ({}),
  },
  NotSimulated: {
    use: () =>
      translate({
        id: 'catalogue.NotSimulated.use',
        message: '이 시뮬레이터가 하지 않는 것을 나열할 때 쓴다. 목록은 코드에서 읽으므로 손으로 적지 않는다.',
      }),
    props: () => ({ what: 'commands' }),
  },
  PacketSteps: {
    use: () =>
      translate({
        id: 'catalogue.PacketSteps.use',
        message:
          '지도 없이 패킷의 경로만 글로 보여 줄 때 쓴다. 지도는 같은 목록을 이미 갖고 있다. 목록의 단계를 누르면 다른 그림도 그 단계를 보여 준다.',
      }),
    props: () => ({}),
  },
  Ports: {
    use: () =>
      translate({
        id: 'catalogue.Ports.use',
        message:
          'port, nodePort, targetPort가 각각 어디에 나오고 하나를 바꾸면 무엇이 함께 바뀌는지 보여 줄 때 쓴다. 번호를 고치면 파일에 적히고 바로 적용된다.',
      }),
    props: () => ({ service: 'test', file: 'test-nodeport.yaml' }),
  },
  Predict: {
    use: () =>
      translate({
        id: 'catalogue.Predict.use',
        message:
          '무엇을 실행하기 전에 쓴다. 실행하면 답이 드러나는 물음 하나와 그럴듯한 선택지를 둔다. 채점하지 않으며, 예측은 실제로 일어난 일 옆에 다시 나온다.',
      }),
    props: () => ({
      id: 'catalogue-rewrites',
      question: translate({
        id: 'catalogue.Predict.question',
        message: '노드의 30088로 들어온 패킷의 목적지는 파드에 닿을 때까지 몇 번 바뀔까.',
      }),
      options: [
        { value: 'one', label: translate({ id: 'catalogue.Predict.one', message: '한 번' }) },
        { value: 'two', label: translate({ id: 'catalogue.Predict.two', message: '두 번' }) },
      ],
      answer: 'one',
      children: translate({
        id: 'catalogue.Predict.why',
        message: '규칙 하나가 목적지를 파드의 주소와 포트로 바로 바꾼다.',
      }),
    }),
  },
  Predicted: {
    use: () =>
      translate({
        id: 'catalogue.Predicted.use',
        message:
          '예측한 일을 실행하고 본 다음에 쓴다. 위의 Predict와 같은 id를 주면, 예측한 것과 실제로 일어난 일과 그 까닭이 여기에 나란히 나온다. 이것이 없으면 Predict가 예측하자마자 답을 보여 준다.',
      }),
    props: () => ({ id: 'catalogue-rewrites' }),
  },
  Quiz: {
    use: () =>
      translate({
        id: 'catalogue.Quiz.use',
        message:
          '레슨 끝에서 되짚을 때 쓴다. 선택지마다 맞거나 아닌 까닭을 적는다. 두세 문항을 두고, 그중 하나는 앞 레슨에서 가져온다.',
      }),
    props: () => ({
      id: 'catalogue-who-listens',
      question: translate({ id: 'catalogue.Quiz.question', message: '노드에서 nodePort를 듣는 프로그램은 무엇인가.' }),
      options: [
        {
          label: 'kube-proxy',
          why: translate({
            id: 'catalogue.Quiz.whyNot',
            message: 'iptables와 nftables 모드의 kube-proxy는 규칙을 쓸 뿐 포트를 열지 않는다.',
          }),
        },
        {
          label: translate({ id: 'catalogue.Quiz.none', message: '없다' }),
          correct: true,
          why: translate({
            id: 'catalogue.Quiz.why',
            message: '커널의 규칙이 패킷의 목적지를 바꾼다. 듣는 프로그램은 파드에 있다.',
          }),
        },
      ],
    }),
  },
  Rules: {
    use: () =>
      translate({
        id: 'catalogue.Rules.use',
        message:
          '노드의 iptables나 nftables 규칙을 함께 읽을 때 쓴다. 패킷이 지나간 규칙에 단계의 번호가 붙고, 규칙마다 그것이 있는 까닭이 나온다.',
      }),
    props: () => ({ node: 'node-1' }),
  },
  ServiceTable: {
    use: () =>
      translate({
        id: 'catalogue.ServiceTable.use',
        message:
          'kubectl get svc의 값이 각각 어디에서 왔는지 짚어 볼 때 쓴다. 언제나 지금의 클러스터를 보여 준다. 명령의 출력만 보여 주려면 console 코드 블록을 쓴다.',
      }),
    props: () => ({}),
  },
  Terminal: {
    use: () =>
      translate({
        id: 'catalogue.Terminal.use',
        message: '명령을 직접 실행하게 할 때 쓴다. commands에는 그 자리에서 실행할 명령을 순서대로 적는다.',
      }),
    props: () => ({ commands: ['kubectl apply -f test-nodeport.yaml', 'curl -s http://192.168.0.13:30088/hostname'] }),
  },
};
