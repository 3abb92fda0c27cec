import { translate } from '@docusaurus/Translate';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { indentUnit } from '@codemirror/language';
import { setDiagnostics } from '@codemirror/lint';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Lab } from '../../lab/types';
import { useLabContext, useLabPart, usePageState, type Link } from '../LabProvider/context';
import { colours } from './colours';
import { completion } from './completion';
import { errorMarks } from './errorMarks';
import { fieldHelp } from './fieldHelp';
import { fileText } from './fileText';
import { keepState, keptFields, keptState } from './keptState';
import { linkMarks, setLink } from './linkMarks';
import { phrases } from './phrases';
import { problemsOf } from './problems';
import { ProblemsLine, type Problem } from './ProblemsLine';
import { useDryRun, type CheckedText } from './useDryRun';
import styles from './manifest.module.css';

interface EditorProps {
  lab: Lab;
  file: string;
  /** Ctrl-Enter or Cmd-Enter. */
  onApply?: () => void;
  /** Ask the API server from the start; otherwise from the first change on. */
  checked?: boolean;
  /** What the API server says of the text now. */
  onChecked?: (checked: CheckedText | undefined) => void;
  /** Takes the focus when it opens. */
  focus?: boolean;
}

/** The server has nothing to say of a note. */
const isManifest = (file: string): boolean => /\.(ya?ml|json)$/.test(file);

/** CodeMirror on one file of the lab. Tab indents; Esc then Tab leaves. */
export default function Editor({ lab, file, onApply, checked = false, onChecked, focus = false }: EditorProps): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const { page } = useLabContext();
  const link = usePageState('link');
  const text = fileText(useLabPart('files'), file);
  const apply = useRef(onApply);
  apply.current = onApply;
  const [touched, setTouched] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>();
  const result = useDryRun(lab, text, isManifest(file) && (touched || checked));

  useEffect(() => {
    const parent = place.current;
    if (!parent) return undefined;
    let escaped = false;
    const extensions = [
      isManifest(file) ? [completion(lab.reference), fieldHelp(lab.reference)] : [],
      basics((next) => page.set({ link: next })),
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
        const now = update.state.doc.toString();
        if (now !== fileText(lab.getSnapshot().files, file)) setTouched(true);
        lab.writeFile(file, now);
      }),
    ];
    const doc = fileText(lab.getSnapshot().files, file);
    const before = keptState(lab, file, doc);
    const editor = new EditorView({
      parent,
      state:
        before === undefined ? EditorState.create({ doc, extensions }) : EditorState.fromJSON(before, { extensions }, keptFields),
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
      keepState(lab, file, editor.state);
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
    // What is known of an earlier text stays until the server has seen this one.
    if (!editor || (result && result.text !== editor.state.doc.toString())) return;
    const found = result ? problemsOf(result, editor.state.doc) : [];
    editor.dispatch(setDiagnostics(editor.state, found));
    setProblems(result && found.map(({ from, message }) => ({ line: editor.state.doc.lineAt(from).number, message })));
    onChecked?.(result);
  }, [result, onChecked]);

  return (
    <>
      <div ref={place} className={styles.editor} />
      {isManifest(file) && <ProblemsLine problems={problems} />}
    </>
  );
}

function basics(onLink: (link: Link | undefined) => void): Extension {
  return [
    lineNumbers(),
    history(),
    indentUnit.of('  '),
    EditorState.tabSize.of(2),
    yaml(),
    colours,
    errorMarks,
    linkMarks(onLink),
    EditorState.phrases.of(phrases()),
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
  ];
}
