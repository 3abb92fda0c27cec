import { translate } from '@docusaurus/Translate';
import type { Moment } from '../../lab/timeline';
import { actionText } from '../LabBar/actionText';
import { outcomeLine, traceTitle } from '../trace/words';

export type Lane = Moment['kind'];

/** The lanes of the line, from who acts to what came of it. */
export const lanes: readonly Lane[] = ['action', 'write', 'sync', 'event', 'packet'];

export function laneName(lane: Lane): string {
  return {
    action: translate({ id: 'widget.timeline.action', message: '한 일' }),
    write: translate({ id: 'widget.timeline.write', message: 'API 쓰기' }),
    sync: 'kube-proxy',
    event: translate({ id: 'widget.timeline.event', message: '이벤트' }),
    packet: translate({ id: 'widget.timeline.packet', message: '패킷' }),
  }[lane];
}

/** The mark of a lane: a shape each, so that no meaning is in a colour alone. */
export const laneMark: Readonly<Record<Lane, string>> = { action: '$', write: '■', sync: '≡', event: '◇', packet: '→' };

function verbName(verb: 'create' | 'update' | 'delete'): string {
  return {
    create: translate({ id: 'widget.timeline.create', message: '생성' }),
    update: translate({ id: 'widget.timeline.update', message: '변경' }),
    delete: translate({ id: 'widget.timeline.delete', message: '삭제' }),
  }[verb];
}

/** What happened, in a line. */
export function momentText(moment: Moment): string {
  switch (moment.kind) {
    case 'action':
      return actionText(moment.action);
    case 'write':
      return `${verbName(moment.verb)} ${moment.resource}/${moment.name}`;
    case 'sync':
      return translate(
        { id: 'widget.timeline.sync', message: '모든 노드의 규칙을 고쳐 쓴다: {service}' },
        { service: moment.service.replace(/^default\//, '') },
      );
    case 'event':
      return `${moment.reason} ${moment.about}: ${moment.message}`;
    case 'packet':
      return `${traceTitle(moment.trace)}: ${outcomeLine(moment.trace)}`;
  }
}

/** Who did it, as its objects and events name it; undefined where nobody is named. */
export function momentBy(moment: Moment): string | undefined {
  return moment.kind === 'sync' ? 'kube-proxy' : moment.kind === 'write' ? moment.by : undefined;
}

/** `+1.25 s` after `start`, `+2 m 03 s` from a minute on. */
export function sinceText(time: number, start: number): string {
  const seconds = (time - start) / 1000;
  if (seconds < 60) return `+${seconds.toFixed(2)} s`;
  return `+${Math.floor(seconds / 60)} m ${String(Math.floor(seconds % 60)).padStart(2, '0')} s`;
}
