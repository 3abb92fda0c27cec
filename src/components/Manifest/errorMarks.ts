import { linter, nextDiagnostic, setDiagnosticsEffect, type Diagnostic } from '@codemirror/lint';
import { RangeSetBuilder, StateField, type EditorState, type Extension } from '@codemirror/state';
import { Decoration, EditorView, keymap, WidgetType, type DecorationSet } from '@codemirror/view';
import styles from './manifest.module.css';

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

function decorate(state: EditorState, problems: readonly Diagnostic[]): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  const placed = problems.map(({ from, message }) => ({ line: state.doc.lineAt(from), message }));
  const lines = [...new Set(placed.map(({ line }) => line.from))].sort((a, b) => a - b);
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
    for (const effect of transaction.effects)
      if (effect.is(setDiagnosticsEffect)) next = decorate(transaction.state, effect.value);
    return next;
  },
  provide: (self) => EditorView.decorations.from(self),
});

/** Shows what `setDiagnostics` set: underlined, and in words below the line, so that nothing hangs on a pointer. F8 goes to the next. */
export const errorMarks: Extension = [
  field,
  linter(null, { tooltipFilter: () => [] }),
  keymap.of([{ key: 'F8', run: nextDiagnostic }]),
];
