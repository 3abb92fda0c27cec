import { RangeSetBuilder, StateEffect, StateField, type EditorState, type Extension } from '@codemirror/state';
import { Decoration, EditorView, WidgetType, type DecorationSet } from '@codemirror/view';
import styles from './manifest.module.css';

export interface PlacedError {
  /** Position in the document. */
  position: number;
  message: string;
}

export const setErrors = StateEffect.define<readonly PlacedError[]>();

/** The API's own words, below the line they are about. */
class ErrorText extends WidgetType {
  constructor(readonly message: string) {
    super();
  }

  override eq(other: ErrorText): boolean {
    return other.message === this.message;
  }

  override toDOM(): HTMLElement {
    const element = document.createElement('div');
    element.className = styles.inline ?? '';
    element.setAttribute('role', 'note');
    element.textContent = this.message;
    return element;
  }

  override get estimatedHeight(): number {
    return 20;
  }
}

function decorate(state: EditorState, errors: readonly PlacedError[]): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  const placed = errors
    .map(({ position, message }) => ({ line: state.doc.lineAt(Math.max(0, Math.min(position, state.doc.length))), message }))
    .sort((a, b) => a.line.from - b.line.from);
  const lines = [...new Set(placed.map(({ line }) => line.from))];
  for (const from of lines) {
    const here = placed.filter(({ line }) => line.from === from);
    builder.add(from, from, Decoration.line({ class: styles.wrong ?? '' }));
    for (const { line, message } of here) {
      builder.add(line.to, line.to, Decoration.widget({ widget: new ErrorText(message), block: true, side: 1 }));
    }
  }
  return builder.finish();
}

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = marks.map(transaction.changes);
    for (const effect of transaction.effects) if (effect.is(setErrors)) next = decorate(transaction.state, effect.value);
    return next;
  },
  provide: (self) => EditorView.decorations.from(self),
});

export const errorMarks: Extension = field;
