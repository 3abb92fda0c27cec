const ko = {
  title: '패킷에서 파드까지',
  end: '학습을 끝내고 나가기',
  connecting: '학습 관리 시스템에 연결하고 있다…',
  none: '학습 관리 시스템을 찾지 못했다. 레슨은 그대로 쓸 수 있지만, 진도는 이 브라우저에만 저장되고 어디에도 보고되지 않는다.',
  failed:
    '학습 관리 시스템이 받지 않았다. 레슨은 그대로 쓸 수 있고 진도는 이 브라우저에 남는다. 이 페이지를 닫고 다시 열면 보고한다.',
  noStorage: '이 브라우저는 저장을 막고 있다. 진도를 알 수 없어 보고하지 못한다.',
  reported: (reached: number, all: number) => `보고했다. 이룬 목표: ${reached}/${all}`,
  ended: '학습을 끝냈다. 이 창을 닫아도 된다.',
};
const en: typeof ko = {
  title: 'Packet to Pod',
  end: 'End and leave',
  connecting: 'Connecting to the learning platform…',
  none: 'No learning platform was found. The lessons work, but progress stays in this browser and is reported nowhere.',
  failed:
    'The learning platform did not accept this. The lessons work and your progress stays in this browser. Close this page and open it again to report it.',
  noStorage: 'This browser does not let the page keep anything. Progress cannot be known, nor reported.',
  reported: (reached: number, all: number) => `Reported. Goals reached: ${reached} of ${all}`,
  ended: 'This session has ended. You can close the window.',
};

/** What the launch page says. */
export const words = { ko, en };
