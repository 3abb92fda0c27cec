// @vitest-environment happy-dom
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import ClusterMap from './ClusterMap';
import Exam from './Exam';
import Goal from './Goal';
import Manifest from './Manifest';
import PacketSteps from './PacketSteps';
import Ports from './Ports';
import Predict from './Predict';
import Predicted from './Predicted';
import Quiz from './Quiz';
import Rules from './Rules';
import ServiceTable from './ServiceTable';
import Terminal from './Terminal';
import { fakeLab } from './testing/fakeLab';
import { FakeLabProvider } from './testing/FakeLabProvider';

const options = [
  { value: 'yes', label: '거친다' },
  { value: 'no', label: '거치지 않는다' },
];

function show(widget: ReactNode) {
  const lab = fakeLab();
  render(<FakeLabProvider lab={lab}>{widget}</FakeLabProvider>);
  return lab;
}

// The live parts are loaded when first needed, which takes a moment on a busy machine.
configure({ asyncUtilTimeout: 5000 });

/** Everything is in view: happy-dom has the class but never reports. */
class InView {
  constructor(readonly report: (entries: { isIntersecting: boolean }[]) => void) {}
  observe() {
    this.report([{ isIntersecting: true }]);
  }
  disconnect() {}
}
beforeAll(() => void vi.stubGlobal('IntersectionObserver', InView));
/** A button that works: its still twin is disabled. */
const findLive = (name: string) =>
  waitFor(() => {
    const button = screen.getByRole<HTMLButtonElement>('button', { name });
    expect(button.disabled).toBe(false);
    return button;
  });

afterEach(cleanup);

describe('still pictures', () => {
  it.each([
    ['Terminal', <Terminal key="a" commands={['kubectl get pods']} />, 'kubectl get pods'],
    ['Manifest', <Manifest key="b" file="test.yaml" />, 'nodePort: 88'],
    ['ClusterMap', <ClusterMap key="c" />, 'node-3'],
    ['ServiceTable', <ServiceTable key="d" />, 'PORT(S)'],
    ['Goal', <Goal key="e" id="reach" />, '테넌트 VM에서'],
    ['Exam', <Exam key="k" />, '테넌트 VM에서'],
    ['Predict', <Predict key="f" id="q" question="질문" options={options} />, '거치지 않는다'],
    ['Predicted', <Predicted key="j" id="q" />, '예측하러 가기'],
    ['Ports', <Ports key="i" service="test" file="test.yaml" />, '세 번호'],
    ['Rules', <Rules key="h" />, '체인별로'],
    ['PacketSteps', <PacketSteps key="g" />, '패킷을 보내면'],
  ])('%s says something on the server', (_name, widget, text) => {
    expect(renderToString(<FakeLabProvider>{widget}</FakeLabProvider>)).toContain(text);
  });
});

describe('ClusterMap', () => {
  it('steps through the latest packet and keeps the list in step', async () => {
    show(<ClusterMap />);
    const list = await screen.findByRole('list', { name: '패킷의 경로, 차례대로' });
    expect(within(list).getAllByRole('listitem', { current: 'step' })[0]!.textContent).toContain('노트북');
    for (let i = 0; i < 3; i++) fireEvent.click(screen.getByRole('button', { name: '다음 →' }));
    expect(within(list).getAllByRole('listitem', { current: 'step' })[0]!.textContent).toContain('DNAT');
    fireEvent.keyDown(screen.getByRole('button', { name: '다음 →' }), { key: 'ArrowLeft' });
    expect(within(list).getAllByRole('listitem', { current: 'step' })[0]!.textContent).toContain('라우터');
  });

  it('sends a packet without the terminal', async () => {
    const lab = show(<ClusterMap />);
    fireEvent.click(await findLive('패킷 보내기'));
    expect(lab.getSnapshot().traces).toHaveLength(3);
  });

  it('shows an earlier packet and where it was lost', async () => {
    show(<ClusterMap />);
    fireEvent.change(await screen.findByRole('combobox', { name: '어느 패킷을 볼지 고르기' }), { target: { value: '1' } });
    fireEvent.keyDown(screen.getByRole('button', { name: '다음 →' }), { key: 'End' });
    expect(screen.getByText('REFUSED')).toBeTruthy();
  });
});

describe('Terminal', () => {
  it('runs a suggested command and writes the transcript', async () => {
    const lab = show(<Terminal commands={['kubectl get svc']} />);
    const log = await screen.findByRole('log');
    fireEvent.click(screen.getByRole('button', { name: 'kubectl get svc' }));
    expect(lab.sent).toContain('kubectl get svc');
    expect(await within(log).findByText('ran kubectl get svc')).toBeTruthy();
  });

  it('has a plain input mode', async () => {
    const lab = show(<Terminal />);
    fireEvent.click(await findLive('일반 입력창'));
    const input = screen.getByRole('textbox', { name: 'learner@laptop:~$' });
    fireEvent.change(input, { target: { value: 'echo 한글' } });
    fireEvent.submit(input);
    expect(lab.sent).toContain('echo 한글');
  });
});

describe('Manifest', () => {
  it("shows the API's error at the line it names", async () => {
    show(<Manifest file="test.yaml" />);
    fireEvent.click(await screen.findByRole('button', { name: '적용' }));
    const note = await screen.findByRole('note');
    expect(note.textContent).toContain('not in the valid range');
    expect(note.previousElementSibling?.textContent).toBe('    nodePort: 88');
  });
});

describe('ServiceTable', () => {
  it('explains the part that has the focus', async () => {
    show(<ServiceTable />);
    fireEvent.focus(await screen.findByRole('button', { name: '30088' }));
    expect(screen.getByText('spec.ports[0].nodePort: 30088 → targetPort: 5000')).toBeTruthy();
  });
});

describe('Rules', () => {
  it("lights the packet's rules, says why they exist, and leads to their steps", async () => {
    show(
      <>
        <ClusterMap />
        <Rules node="node-1" />
      </>,
    );
    const rules = await screen.findByRole('group', { name: '노드의 규칙, 체인별로' });
    const dnat = within(rules)
      .getByText(/-j DNAT --to-destination/)
      .closest('li')!;
    fireEvent.mouseEnter(dnat);
    expect(screen.getByText('spec.ports[0].targetPort: 5000')).toBeTruthy();
    expect(dnat.hasAttribute('data-current')).toBe(false);
    fireEvent.click(within(dnat).getByRole('button', { name: '패킷의 단계: 4.5' }));
    expect(dnat.hasAttribute('data-current')).toBe(true);
    const list = await screen.findByRole('list', { name: '패킷의 경로, 차례대로' });
    expect(within(list).getAllByRole('listitem', { current: 'step' })[0]!.textContent).toContain('DNAT');
  });

  it('unfolds what does not matter only when asked, by hand or by a jump', async () => {
    show(<Rules node="node-1" />);
    const head = await screen.findByRole('button', { name: /KUBE-FORWARD/, expanded: false });
    expect(screen.queryByText(/--mark 0x4000\/0x4000 -j ACCEPT/)).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: /:FORWARD ACCEPT/ }));
    fireEvent.click(screen.getByRole('button', { name: 'KUBE-FORWARD' }));
    expect(head.getAttribute('aria-expanded')).toBe('true');
    expect(document.activeElement).toBe(head);
  });
});

describe('Ports', () => {
  const strand = (key: string) => screen.findByRole('region', { name: key });

  it('writes a changed number into the manifest, applies it, and shows what the server says', async () => {
    const lab = show(<Ports service="test" file="test.yaml" />);
    const field = within(await strand('port')).getByRole('textbox', { name: 'port:' });
    fireEvent.change(field, { target: { value: '0' } });
    fireEvent.submit(field);
    expect(lab.getSnapshot().files['test.yaml']).toContain('- port: 0\n    nodePort: 88');
    expect((await within(await strand('port')).findByRole('alert')).textContent).toContain('not in the valid range');
    expect(field.getAttribute('aria-invalid')).toBe('true');
  });

  it('shows each number where it is, and nowhere else', async () => {
    show(<Ports service="test" file="test.yaml" />);
    const places = async (key: string) =>
      within(await strand(key))
        .getAllByRole('listitem')
        .slice(1)
        .map(({ textContent }) => textContent);
    expect(await places('nodePort')).toEqual([
      'get svc30001:30088/TCP',
      '규칙 · node-1KUBE-NODEPORTS--dport 30088',
      '패킷의 목적지단계 1192.168.0.11:30088',
      '소켓듣는 소켓이 없다',
    ]);
    expect(await places('port')).toContain('패킷의 목적지이 패킷에는 한 번도 없다');
    expect(await places('targetPort')).toContain('규칙 · node-1KUBE-SEP-Z7E4…--to-destination 10.244.2.3:5000');
  });
});

describe('Predict', () => {
  it('shows the prediction next to what happened, after it was made', () => {
    const lab = show(
      <Predict id="q" question="질문" options={options} answer="no">
        설명
      </Predict>,
    );
    expect(screen.queryByText('설명')).toBeNull();
    fireEvent.click(screen.getByRole('radio', { name: '거친다' }));
    fireEvent.click(screen.getByRole('button', { name: '이렇게 예측한다' }));
    expect(lab.getSnapshot().predictions).toEqual({ q: 'yes' });
    expect(screen.getByText('설명')).toBeTruthy();
    expect(screen.getByText('거치지 않는다')).toBeTruthy();
  });

  it('leaves the answer to the place further down that shows the prediction again', () => {
    show(
      <>
        <Predict id="q" question="질문" options={options} answer="no">
          설명
        </Predict>
        <p>실행한다</p>
        <Predicted id="q" />
      </>,
    );
    const later = screen.getByRole('group', { name: '예측과 실제' });
    expect(later.textContent).toContain('아직 예측하지 않았다');
    fireEvent.click(screen.getByRole('radio', { name: '거친다' }));
    fireEvent.click(screen.getByRole('button', { name: '이렇게 예측한다' }));
    expect(screen.getByRole('group', { name: '예측' }).textContent).not.toContain('거치지 않는다');
    expect(later.textContent).toMatch(/질문.*거친다.*거치지 않는다.*설명/);
  });
});

describe('Goal', () => {
  it('says where the packet died and gives hints before the solution', async () => {
    const lab = show(<Goal id="reach" />);
    expect(await screen.findByText('REFUSED')).toBeTruthy();
    for (let i = 1; i <= 3; i++) fireEvent.click(screen.getByRole('button', { name: `힌트 ${i}/3` }));
    expect(screen.getByText('힌트 셋')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: '풀이 보기' }));
    fireEvent.click(screen.getByRole('button', { name: '터미널에서 풀이 실행' }));
    await screen.findByText('$ kubectl get svc');
    expect(lab.sent).toContain('kubectl get svc');
  });
});

describe('Exam', () => {
  it('has no hints, and counts a task as missed once its solution was shown', async () => {
    const lab = show(<Exam />);
    const giveUp = await findLive('포기하고 풀이 보기');
    expect(screen.getByText('맞은 과제: 0/1')).toBeTruthy();
    expect(screen.queryByText(/힌트|kubectl get svc/)).toBeNull();
    fireEvent.click(giveUp);
    expect(screen.getByText('$ kubectl get svc')).toBeTruthy();
    expect(screen.getByText('시험이 끝났다. 맞은 과제: 0/1')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: '터미널에서 풀이 실행' }));
    await waitFor(() => expect(lab.sent).toContain('kubectl get svc'));
    fireEvent.click(screen.getByRole('button', { name: '같은 시험 다시 보기' }));
    fireEvent.click(screen.getByRole('button', { name: '다시 본다' }));
    expect(screen.getByRole('button', { name: '포기하고 풀이 보기' })).toBeTruthy();
  });
});

describe('Quiz', () => {
  it('explains each answer that is tried', () => {
    render(
      <Quiz
        id="q"
        question="포트는?"
        options={[
          { label: '5000', correct: true, why: '그렇다' },
          { label: '30001', why: '거치지 않는다' },
        ]}
      />,
    );
    fireEvent.click(screen.getByRole('button', { name: '30001' }));
    expect(screen.getByText('아니다.')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: '5000' }));
    expect(screen.getByText('맞다.')).toBeTruthy();
  });
});
