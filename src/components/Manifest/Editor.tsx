import { translate } from '@docusaurus/Translate';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { HighlightStyle, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef, type ReactNode } from 'react';
import type { Lab } from '../../lab/types';
import { useLabContext, useLabSnapshot, usePageState } from '../LabProvider/context';
import { errorMarks, setErrors } from './errorMarks';
import { fieldPosition } from './fieldLine';
import { fileText } from './fileText';
import { linkMarks, setLink } from './linkMarks';
import styles from './manifest.module.css';

const colours = syntaxHighlighting(
  HighlightStyle.define([
    { tag: [tags.propertyName, tags.definition(tags.propertyName)], class: 'tok-key' },
    { tag: tags.comment, class: 'tok-comment' },
    { tag: tags.string, class: 'tok-string' },
  ]),
);

interface EditorProps {
  lab: Lab;
  file: string;
  /** Ctrl-Enter or Cmd-Enter. */
  onApply?: () => void;
  /** Counts applications that failed; the API's errors are then shown in place and kept up to date while typing. */
  failures?: number;
  /** Takes the focus when it opens. */
  focus?: boolean;
}

/** CodeMirror on one file of the lab. Tab indents; Esc then Tab leaves. */
export default function Editor({ lab, file, onApply, failures = 0, focus = false }: EditorProps): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const { page } = useLabContext();
  const { link } = usePageState();
  const text = fileText(useLabSnapshot()?.files, file);
  const apply = useRef(onApply);
  apply.current = onApply;
  const checking = useRef(false);

  useEffect(() => {
    const parent = place.current;
    if (!parent) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const check = (editor: EditorView) => {
      const now = editor.state.doc.toString();
      const errors = lab
        .validate(now)
        .map(({ document, message, field }) => ({ position: fieldPosition(now, document, field) ?? 0, message }));
      editor.dispatch({ effects: setErrors.of(errors) });
      checking.current = errors.length > 0;
    };
    let escaped = false;
    const editor = new EditorView({
      parent,
      state: EditorState.create({
        doc: fileText(lab.getSnapshot().files, file),
        extensions: [
          lineNumbers(),
          history(),
          indentUnit.of('  '),
          EditorState.tabSize.of(2),
          yaml(),
          colours,
          errorMarks,
          linkMarks((next) => page.set({ link: next })),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({
            'aria-label': translate({
              id: 'widget.manifest.editor',
              message: '매니페스트 편집기. Esc를 누르고 Tab을 누르면 나간다.',
            }),
            // Browsers reach editable text by Tab without it; checkers of scrolling regions look for it.
            tabindex: '0',
            spellcheck: 'false',
            autocapitalize: 'off',
          }),
          keymap.of([
            {
              key: 'Mod-Enter',
              run: () => {
                apply.current?.();
                return apply.current !== undefined;
              },
            },
            ...defaultKeymap,
            ...historyKeymap,
            {
              key: 'Tab',
              run: (target) => !escaped && (indentWithTab.run?.(target) ?? false),
              shift: (target) => !escaped && (indentWithTab.shift?.(target) ?? false),
            },
          ]),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged) return;
            lab.writeFile(file, update.state.doc.toString());
            if (!checking.current) return;
            clearTimeout(timer);
            timer = setTimeout(() => check(update.view), 400);
          }),
        ],
      }),
    });
    // Seen before the key maps: whether Esc came right before a Tab.
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Tab' || event.key === 'Shift') return;
      escaped = event.key === 'Escape';
    };
    parent.addEventListener('keydown', onKeyDown, true);
    view.current = editor;
    if (focus) {
      editor.focus();
      parent.scrollIntoView?.({ block: 'nearest' });
    }
    return () => {
      clearTimeout(timer);
      parent.removeEventListener('keydown', onKeyDown, true);
      view.current = undefined;
      editor.destroy();
    };
  }, [lab, file, page, focus]);

  // The file changed elsewhere: in the terminal, in another editor, by a reset.
  useEffect(() => {
    const editor = view.current;
    if (!editor || text === editor.state.doc.toString()) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
  }, [text]);

  useEffect(() => {
    view.current?.dispatch({ effects: setLink.of(link) });
  }, [link, text]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const now = editor.state.doc.toString();
    const errors =
      failures === 0
        ? []
        : lab
            .validate(now)
            .map(({ document, message, field }) => ({ position: fieldPosition(now, document, field) ?? 0, message }));
    checking.current = errors.length > 0;
    editor.dispatch({ effects: setErrors.of(errors) });
  }, [failures, lab]);

  return <div ref={place} className={styles.editor} />;
}
