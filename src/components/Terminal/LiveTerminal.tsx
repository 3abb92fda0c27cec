import { translate } from '@docusaurus/Translate';
import clsx from 'clsx';
import { lazy, Suspense, useEffect, useId, useRef, useState, type ReactNode } from 'react';
import type { Lab } from '../../lab/types';
import { useLabContext, useLabPart, usePageState } from '../LabProvider/context';
import type { TerminalFeed } from '../LabProvider/terminalFeed';
import frame from '../frame.module.css';
import { copyText } from './copy';
import { copyLabel, leaveHint, plainLabel } from './labels';
import { PlainInput } from './PlainInput';
import Screen, { type ScreenHandle } from './Screen';
import styles from './terminal.module.css';
import { Transcript } from './Transcript';
import { useSession } from './useSession';

const Editor = lazy(() => import('../Manifest/Editor'));

const SIZES = { smallest: 11, usual: 14, largest: 22 };
const SIZE_KEY = 'p2p.terminal.size';
const MODE_KEY = 'p2p.terminal.plain';

function storedSize(text: string | null): number {
  const size = Number(text);
  return Number.isInteger(size) && size >= SIZES.smallest && size <= SIZES.largest ? size : SIZES.usual;
}

/** The terminal with its settings. Each setting is kept for the next page. */
export default function LiveTerminal({ lab, feed }: { lab: Lab; feed: TerminalFeed }): ReactNode {
  const { storage, page } = useLabContext();
  const id = useId();
  const session = useSession(lab.terminal);
  const edited = useLabPart('editing');
  const leader = usePageState('terminal');
  const leading = leader === undefined || leader === id;
  const [size, setSize] = useState(() => storedSize(storage.getItem(SIZE_KEY)));
  const [plain, setPlain] = useState(() => storage.getItem(MODE_KEY) === 'yes');
  const [copied, setCopied] = useState(false);
  const screen = useRef<ScreenHandle>(null);
  const editing = leading ? edited : undefined;

  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  // The first terminal on the page leads until another one is used.
  useEffect(() => {
    if (page.get().terminal === undefined) page.set({ terminal: id });
    return () => {
      if (page.get().terminal === id) page.set({ terminal: undefined });
    };
  }, [page, id]);

  const resize = (next: number) => {
    setSize(next);
    storage.setItem(SIZE_KEY, String(next));
  };
  const copy = async () => {
    const last = session.transcript.at(-1);
    const text = screen.current?.selection() || (last ? `${last.prompt}${last.command}\n${last.output}` : '');
    setCopied(await copyText(text));
  };
  return (
    <div className={clsx(styles.parts, editing !== undefined && styles.busyEditing)}>
      <div
        className={styles.screen}
        style={{ fontSize: size }}
        onFocus={() => lab.prepare()}
        onPointerEnter={() => lab.prepare()}
      >
        {plain ? (
          <>
            <Transcript session={session} visible />
            <PlainInput session={session} />
          </>
        ) : (
          <>
            <Screen
              ref={screen}
              session={session}
              feed={feed}
              fontSize={size}
              leading={leading}
              onFocus={() => page.set({ terminal: id })}
            />
            <Transcript session={session} visible={false} />
          </>
        )}
      </div>
      {editing !== undefined && (
        <div className={styles.editing}>
          <div className={frame.bar}>
            <p className={frame.hint}>
              {translate({
                id: 'widget.terminal.editing',
                message: '명령이 편집기를 열고 기다린다. 파일을 고친 뒤 편집을 마친다.',
              })}
            </p>
            <button
              type="button"
              className={`${frame.button} ${frame.primary}`}
              onClick={() => {
                lab.closeEditor();
                screen.current?.focus();
              }}
            >
              {translate({ id: 'widget.terminal.done', message: '저장하고 편집 마치기' })}
            </button>
          </div>
          <Suspense fallback={null}>
            <Editor lab={lab} file={editing} focus />
          </Suspense>
        </div>
      )}
      <div className={`${frame.bar} ${styles.settings}`}>
        <span className={`${frame.hint} ${styles.keysHint}`}>
          {plain ? translate({ id: 'widget.terminal.plainHint', message: '위아래 화살표로 지난 명령을 부른다.' }) : leaveHint()}
        </span>
        <span className={frame.spread} />
        {session.busy && (
          <button type="button" className={frame.button} onClick={() => session.interrupt()}>
            {translate({ id: 'widget.terminal.interrupt', message: '중단(Ctrl-C)' })}
          </button>
        )}
        <button
          type="button"
          className={frame.button}
          disabled={size <= SIZES.smallest}
          onClick={() => resize(size - 1)}
          aria-label={translate({ id: 'widget.terminal.smaller', message: '글자 작게' })}
        >
          A−
        </button>
        <button
          type="button"
          className={frame.button}
          disabled={size >= SIZES.largest}
          onClick={() => resize(size + 1)}
          aria-label={translate({ id: 'widget.terminal.larger', message: '글자 크게' })}
        >
          A+
        </button>
        <button type="button" className={frame.button} onClick={() => void copy()}>
          {copied ? translate({ id: 'widget.terminal.copied', message: '복사했다' }) : copyLabel()}
        </button>
        <button
          type="button"
          className={frame.button}
          aria-pressed={plain}
          onClick={() => {
            setPlain(!plain);
            storage.setItem(MODE_KEY, plain ? 'no' : 'yes');
          }}
        >
          {plainLabel()}
        </button>
      </div>
    </div>
  );
}
