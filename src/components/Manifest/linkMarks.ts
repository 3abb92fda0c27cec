import { StateEffect, StateField, type EditorState, type Extension } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';
import type { Link } from '../LabProvider/context';
import styles from './manifest.module.css';

const LINE = /^\s*(?:-\s+)?(port|nodePort|targetPort|clusterIP|type|protocol|name):\s*["']?([\w./-]+)/;

/** The linked value that a line of a manifest sets, if it sets one. */
function linkOfLine(line: string): Link | undefined {
  const match = LINE.exec(line);
  return match ? { part: match[1] as Link['part'], value: match[2]! } : undefined;
}

export const setLink = StateEffect.define<Link | undefined>();

function decorate(state: EditorState, link: Link | undefined): DecorationSet {
  if (!link) return Decoration.none;
  const marks = [];
  for (let number = 1; number <= state.doc.lines; number++) {
    const line = state.doc.line(number);
    const own = linkOfLine(line.text);
    if (own?.part === link.part && own.value === link.value)
      marks.push(Decoration.line({ class: styles.lit ?? '' }).range(line.from));
  }
  return Decoration.set(marks);
}

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = marks.map(transaction.changes);
    for (const effect of transaction.effects) if (effect.is(setLink)) next = decorate(transaction.state, effect.value);
    return next;
  },
  provide: (self) => EditorView.decorations.from(self),
});

/** Tints the lines of the value that is lit, and lights the value of the line that is pointed at. */
export function linkMarks(point: (link: Link | undefined) => void): Extension {
  return [
    field,
    EditorView.domEventHandlers({
      mousemove(event, view) {
        const position = view.posAtCoords({ x: event.clientX, y: event.clientY });
        point(position === null ? undefined : linkOfLine(view.state.doc.lineAt(position).text));
      },
      mouseleave: () => point(undefined),
      blur: () => point(undefined),
    }),
    EditorView.updateListener.of((update) => {
      if (update.selectionSet && update.view.hasFocus)
        point(linkOfLine(update.state.doc.lineAt(update.state.selection.main.head).text));
    }),
  ];
}
