import { translate } from '@docusaurus/Translate';
import { readParameters, type EmbedPage } from '../parameters';
import { isTheme, readMessage, tell, type Theme } from '../protocol';

/**
 * First script of an embed's page, before anything is drawn: follows the address's parameters, speaks with the page around the frame, and
 * fetches the rest, or waits for a press when the address says so (`ctl=1`).
 */
const own = document.currentScript as HTMLScriptElement;
const page = JSON.parse(own.dataset.page!) as EmbedPage;
const { values, problems } = readParameters(window.location.search, page);
const root = document.documentElement;
const dark = window.matchMedia('(prefers-color-scheme: dark)');
let theme: Theme = values.theme;

const showTheme = () => {
  root.dataset.theme = theme === 'auto' ? (dark.matches ? 'dark' : 'light') : theme;
};
const height = () => Math.ceil(root.getBoundingClientRect().height);
const ready = () => tell({ type: 'ready', id: page.id, lang: page.lang, height: height() });

/** Two messages that the child side of @open-iframe-resizer/core 2 answers; this is that side, without the package. */
function answerResizer(data: unknown): void {
  const type = typeof data === 'object' && data !== null && 'type' in data ? data.type : undefined;
  if (type !== 'iframe-child-init' && type !== 'iframe-get-child-dimensions') return;
  resizer = true;
  tellResizer();
}
let resizer = false;
const tellResizer = () =>
  window.parent.postMessage(
    { type: 'iframe-resized', width: Math.ceil(root.getBoundingClientRect().width), height: height() },
    '*',
  );

function hear({ source, data }: MessageEvent): void {
  if (source !== window.parent || window.parent === window) return;
  answerResizer(data);
  const message = readMessage(data);
  if (message?.type === 'hello') ready();
  if (message?.type === 'theme' && isTheme(message.theme)) {
    ({ theme } = message);
    showTheme();
  }
}

function fetchRest(): void {
  const script = document.createElement('script');
  script.src = own.dataset.main!;
  script.dataset.page = own.dataset.page;
  if (waits) script.dataset.awake = '';
  script.onerror = () => {
    script.remove();
    say(translate({ id: 'widget.embed.unloaded', message: '불러오지 못했다. 네트워크 연결을 확인하고 페이지를 다시 연다.' }));
  };
  document.head.append(script);
}

function say(problem: string): void {
  const line = document.createElement('p');
  line.textContent = problem;
  document.querySelector('.embed-problems')?.append(line);
}

/** Another lab than the one in the picture has no picture: it is not begun unasked. */
const waits = values.click || values.scenario !== page.scenario;

function askFirst(): void {
  const place = document.querySelector<HTMLElement>('.embed-lab')!;
  place.inert = true;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'embed-start';
  button.textContent = translate({ id: 'widget.embed.start', message: '실습 시작' });
  button.addEventListener('click', () => {
    button.remove();
    place.inert = false;
    place.tabIndex = -1;
    place.focus();
    fetchRest();
  });
  place.after(button);
}

function begin(): void {
  if (values.height !== 'auto') {
    document.body.style.height = `${values.height}px`;
    document.body.style.overflow = 'auto';
  }
  for (const problem of problems) say(problem);
  if (waits) askFirst();
  else fetchRest();
  ready();
  let told = height();
  new ResizeObserver(() => {
    const now = height();
    if (now === told) return;
    told = now;
    tell({ type: 'height', height: now });
    if (resizer) tellResizer();
  }).observe(root);
}

if (values.lang !== page.lang) {
  window.location.replace(new URL(own.dataset.twin!, window.location.href).href + window.location.search + window.location.hash);
} else {
  showTheme();
  dark.addEventListener('change', showTheme);
  window.addEventListener('message', hear);
  document.addEventListener('DOMContentLoaded', begin);
}
