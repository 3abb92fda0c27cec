import { translate } from '@docusaurus/Translate';
import { FitAddon } from '@xterm/addon-fit';
import { Terminal as Xterm } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { useEffect, useImperativeHandle, useRef, type ReactNode, type Ref } from 'react';
import type { TerminalSession } from '../../shell/types';
import type { TerminalFeed } from '../LabProvider/terminalFeed';
import { copyText } from './copy';
import { pageKeys } from './keys';
import { onThemeChange, themeAt } from './screenTheme';
import styles from './terminal.module.css';
import { touchScroll } from './touchScroll';
import { widestLine } from './widestLine';

/** What xterm.js keeps free for its scroll bar, CSS px. */
const SCROLLBAR = 15;

export interface ScreenHandle {
  focus(): void;
  /** The selected text, empty when nothing is selected. */
  selection(): string;
}

interface ScreenProps {
  session: TerminalSession;
  feed: TerminalFeed;
  fontSize: number;
  /** Whether this screen's size is the session's. */
  leading: boolean;
  onFocus: () => void;
  ref?: Ref<ScreenHandle>;
}

/** xterm.js on the session: keys go in, printed text comes out, nothing else crosses. */
export default function Screen({ session, feed, fontSize, leading, onFocus, ref }: ScreenProps): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const xterm = useRef<Xterm>(undefined);
  const focused = useRef(onFocus);
  focused.current = onFocus;
  const leads = useRef(leading);
  leads.current = leading;
  const wide = useRef<HTMLDivElement>(null);
  const resize = useRef<() => void>(undefined);

  useImperativeHandle(ref, () => ({
    focus: () => xterm.current?.focus(),
    selection: () => xterm.current?.getSelection() ?? '',
  }));

  useEffect(() => {
    const element = place.current;
    const paper = wide.current;
    if (!element || !paper) return undefined;
    const terminal = new Xterm({
      fontFamily: getComputedStyle(element).fontFamily,
      fontSize,
      lineHeight: 1.25,
      theme: themeAt(element),
      cursorBlink: false,
      scrollback: 2000,
      minimumContrastRatio: 4.5,
      macOptionIsMeta: true,
    });
    const addon = new FitAddon();
    terminal.loadAddon(addon);
    terminal.open(paper);
    xterm.current = terminal;
    terminal.textarea?.setAttribute(
      'aria-label',
      translate({ id: 'widget.terminal.input', message: '터미널 입력. Esc를 누르고 Tab을 누르면 나간다.' }),
    );

    const keys = pageKeys(() => terminal.hasSelection());
    terminal.attachCustomKeyEventHandler((event) => {
      const meaning = keys(event);
      if (meaning === 'copy') {
        event.preventDefault();
        void copyText(terminal.getSelection());
        terminal.clearSelection();
      }
      return meaning === undefined;
    });

    const widest = widestLine(session);
    const fitAll = () => {
      // A hidden terminal has no size to fit.
      if (element.clientWidth === 0) return;
      paper.style.width = '';
      const fitting = addon.proposeDimensions();
      if (!fitting || Number.isNaN(fitting.cols) || Number.isNaN(fitting.rows)) return;
      const columns = Math.max(fitting.cols, widest());
      if (columns > fitting.cols) {
        const cell = (paper.querySelector('.xterm-screen')?.getBoundingClientRect().width ?? 0) / terminal.cols;
        paper.style.width = `${Math.ceil(columns * cell) + SCROLLBAR}px`;
      }
      if (columns !== terminal.cols || fitting.rows !== terminal.rows) terminal.resize(columns, fitting.rows);
      if (leads.current) session.resize(terminal.cols, terminal.rows);
    };
    resize.current = fitAll;
    fitAll();
    // What is typed stays in sight of a screen that is narrower than its lines.
    const follow = terminal.onCursorMove(() => {
      if (paper.style.width === '' || session.busy) return;
      const cell = paper.clientWidth / terminal.cols;
      const x = terminal.buffer.active.cursorX * cell;
      if (x < element.clientWidth - 3 * cell) element.scrollLeft = 0;
      else if (x > element.scrollLeft + element.clientWidth - 3 * cell) element.scrollLeft = x - element.clientWidth / 2;
    });
    const stops = [
      touchScroll(paper, terminal),
      session.subscribe(() => {
        if (widest() > terminal.cols || (widest() < terminal.cols && paper.style.width !== '')) fitAll();
      }),
      feed.attach((text) => terminal.write(text)),
      onThemeChange(() => {
        terminal.options.theme = themeAt(element);
      }),
    ];
    const data = terminal.onData((text) => session.input(text));
    const onFocusIn = () => {
      focused.current();
      session.resize(terminal.cols, terminal.rows);
    };
    element.addEventListener('focusin', onFocusIn);
    const observer = typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(fitAll);
    observer?.observe(element);
    // Columns are measured with the mono font, which may still be loading.
    void document.fonts?.ready.then(() => {
      if (xterm.current !== terminal) return;
      terminal.options.fontFamily = `${getComputedStyle(element).fontFamily} `.trim();
      fitAll();
    });
    return () => {
      xterm.current = undefined;
      observer?.disconnect();
      element.removeEventListener('focusin', onFocusIn);
      for (const stop of stops) stop();
      data.dispose();
      follow.dispose();
      resize.current = undefined;
      terminal.dispose();
    };
    // The text size is followed below, without a new terminal.
  }, [session, feed]);

  useEffect(() => {
    const terminal = xterm.current;
    if (!terminal || terminal.options.fontSize === fontSize) return;
    terminal.options.fontSize = fontSize;
    resize.current?.();
  }, [fontSize, session]);

  return (
    <div ref={place} className={styles.xterm}>
      <div ref={wide} className={styles.paper} />
    </div>
  );
}
