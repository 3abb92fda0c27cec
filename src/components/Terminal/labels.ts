import { translate } from '@docusaurus/Translate';

/** Labels that the still picture and the live terminal share, so that nothing moves when one becomes the other. */
export const leaveHint = (): string =>
  translate({ id: 'widget.terminal.leaveHint', message: 'Esc와 Tab을 차례로 누르면 터미널에서 나간다.' });
export const copyLabel = (): string => translate({ id: 'widget.terminal.copy', message: '복사' });
export const plainLabel = (): string => translate({ id: 'widget.terminal.plain', message: '일반 입력창' });
