import { translate } from '@docusaurus/Translate';
import { useState, type ReactNode } from 'react';

interface Props {
  /** Highlighted markup; without it the text itself is shown. */
  html?: string;
  text: string;
  lang: string;
  title?: string;
}

/** What a reader wants from a console block is the commands, not the prompts and the answers. */
function copied(text: string, lang: string): string {
  if (lang !== 'console') return text;
  const commands = text.split('\n').filter((line) => line.startsWith('$ '));
  return commands.length > 0 ? commands.map((line) => line.slice(2)).join('\n') : text;
}

/** The frame of a code block: title, code, copy button. */
export default function CodeFrame({ html, text, lang, title }: Props): ReactNode {
  const [state, setState] = useState<'idle' | 'done' | 'failed'>('idle');
  const label = {
    idle: translate({ id: 'site.code.copy', message: '복사' }),
    done: translate({ id: 'site.code.copied', message: '복사했다' }),
    failed: translate({ id: 'site.code.copyFailed', message: '복사할 수 없다' }),
  }[state];
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(copied(text, lang));
      setState('done');
    } catch {
      setState('failed');
    }
    setTimeout(() => setState('idle'), 2000);
  }
  return (
    <figure className="code" data-lang={lang} translate="no">
      {title && <figcaption>{title}</figcaption>}
      {/* Long lines scroll, so the block must be reachable by keyboard. */}
      <pre tabIndex={0}>{html ? <code dangerouslySetInnerHTML={{ __html: codeBody(html) }} /> : <code>{text}</code>}</pre>
      <button type="button" className="code__copy" onClick={() => void copy()} aria-live="polite">
        {label}
      </button>
    </figure>
  );
}

/** Shiki wraps its lines in a `code` element of its own. */
function codeBody(html: string): string {
  return html.replace(/^<code>/, '').replace(/<\/code>$/, '');
}
