import { translate } from '@docusaurus/Translate';
import type { Action } from '../../lab/log';
import { hostName } from '../trace/names';
import { endpoint } from '../trace/endpoint';

/** Characters that would show a text as another one than it is: controls, and those that turn the direction of writing. */
// eslint-disable-next-line no-control-regex
const deceptive = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

const visible = (character: string): string => `<U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`;

/** One thing that a learner did, in a line: a command as it was typed, anything else in words. It may come from a stranger's link. */
export function actionText(action: Action): string {
  return rawText(action).replaceAll(deceptive, visible);
}

function rawText(action: Action): string {
  switch (action.kind) {
    case 'run':
    case 'typed':
    case 'apart':
      return action.line.replaceAll(/\s*\n\s*/g, ' ⏎ ');
    case 'apply':
      return `kubectl apply -f ${action.file}`;
    case 'write':
      return translate({ id: 'widget.action.write', message: '파일 편집 {file}' }, { file: action.name });
    case 'close':
      return translate({ id: 'widget.action.close', message: '편집기 닫기' });
    case 'connect':
      return translate(
        { id: 'widget.action.connect', message: '패킷 {from} → {to}' },
        { from: hostName(action.from), to: endpoint(action.address, action.port) },
      );
    case 'interrupt':
      return 'Ctrl-C';
    case 'end':
      return 'Ctrl-D';
  }
}
