import type { Diagnostic } from '@codemirror/lint';
import type { Text } from '@codemirror/state';
import { fieldPosition } from './fieldLine';
import type { CheckedText } from './useDryRun';

/** Where in the text each error of a dry run belongs: the rest of its line. */
export function problemsOf({ text, runs }: CheckedText, doc: Text): Diagnostic[] {
  return runs
    .flatMap(({ document, errors }) =>
      errors.map(({ message, field, line }) => {
        const position =
          line === undefined ? (fieldPosition(text, document, field) ?? 0) : doc.line(Math.min(line, doc.lines)).from;
        const at = doc.lineAt(Math.min(position, doc.length));
        const from = Math.max(position, at.from + /^\s*/.exec(at.text)![0].length);
        return { from: Math.min(from, at.to), to: at.to, severity: 'error' as const, message };
      }),
    )
    .sort((a, b) => a.from - b.from);
}
