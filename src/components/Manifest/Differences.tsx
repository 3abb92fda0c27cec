import { translate } from '@docusaurus/Translate';
import { yaml } from '@codemirror/lang-yaml';
import { unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useRef, type ReactNode } from 'react';
import { changesBetween, type Change } from '../../lab/changes';
import type { DryRun } from '../../lab/types';
import frame from '../frame.module.css';
import { colours } from './colours';
import { phrases } from './phrases';
import styles from './manifest.module.css';

/** What applying would change in the cluster: object by object, in words and line by line. */
export default function Differences({ runs }: { runs: readonly DryRun[] | undefined }): ReactNode {
  const section = useRef<HTMLElement>(null);
  const known = runs !== undefined;
  // Opened below the editor, which may fill what is in sight.
  useEffect(() => section.current?.scrollIntoView?.({ block: 'nearest' }), [known]);
  if (!runs)
    return <p className={frame.hint}>{translate({ id: 'widget.manifest.asking', message: 'API 서버에 묻는 중이다.' })}</p>;
  return (
    <section
      ref={section}
      className={styles.differences}
      aria-label={translate({ id: 'widget.manifest.differences', message: '적용하면 바뀌는 것' })}
    >
      {runs.length === 0 && (
        <p className={frame.hint}>
          {translate({ id: 'widget.manifest.nothing', message: '파일이 비어 있다. apiVersion과 kind부터 쓴다.' })}
        </p>
      )}
      {runs.map((run, index) => (
        <Difference key={index} run={run} />
      ))}
    </section>
  );
}

function Difference({ run: { target, live, applied, yaml: texts } }: { run: DryRun }): ReactNode {
  const object = target
    ? [target.kind, [target.namespace, target.name].filter(Boolean).join('/')].join(' ')
    : translate({ id: 'widget.manifest.unread', message: '읽을 수 없는 문서' });
  const changes = live && applied ? changesBetween(live, applied) : [];
  return (
    <>
      <p className={styles.verdict}>{verdict(object, { refused: !applied, made: !live, changed: changes.length > 0 })}</p>
      {changes.length > 0 && (
        <ul className={styles.changes}>
          {changes.map((change) => (
            <li key={change.path}>{inWords(change)}</li>
          ))}
        </ul>
      )}
      {texts && texts.live !== texts.applied && (
        <Lines
          live={texts.live}
          applied={texts.applied}
          label={translate({ id: 'widget.manifest.lines', message: '줄마다 비교: {object}' }, { object })}
        />
      )}
    </>
  );
}

function verdict(object: string, { refused, made, changed }: { refused: boolean; made: boolean; changed: boolean }): string {
  if (refused) return translate({ id: 'widget.manifest.willRefuse', message: '거절된다: {object}' }, { object });
  if (made) return translate({ id: 'widget.manifest.willMake', message: '새로 만든다: {object}' }, { object });
  if (changed) return translate({ id: 'widget.manifest.willChange', message: '바꾼다: {object}' }, { object });
  return translate({ id: 'widget.manifest.willKeep', message: '그대로 둔다: {object}' }, { object });
}

function inWords({ path, before, after }: Change): string {
  if (before === undefined)
    return translate({ id: 'widget.manifest.added', message: '더한다: {path}, 값 {after}' }, { path, after: after ?? '' });
  if (after === undefined)
    return translate({ id: 'widget.manifest.removed', message: '없앤다: {path}, 지금 값 {before}' }, { path, before });
  return translate(
    { id: 'widget.manifest.changed', message: '바꾼다: {path}, 지금 {before}, 적용하면 {after}' },
    { path, before, after },
  );
}

/** What goes is struck through, what comes is marked in the margin: nothing hangs on a colour. */
function Lines({ live, applied, label }: { live: string; applied: string; label: string }): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!place.current) return undefined;
    const view = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: applied.trimEnd(),
        extensions: [
          yaml(),
          colours,
          EditorState.phrases.of(phrases()),
          EditorState.readOnly.of(true),
          EditorView.editable.of(false),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          live === ''
            ? []
            : unifiedMergeView({ original: live.trimEnd(), mergeControls: false, collapseUnchanged: { margin: 3, minSize: 4 } }),
        ],
      }),
    });
    return () => view.destroy();
  }, [live, applied, label]);
  return <div ref={place} className={`${styles.editor} ${styles.lines}`} />;
}
