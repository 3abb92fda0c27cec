import { translate } from '@docusaurus/Translate';
import { useEffect, useId, useState, type ReactNode } from 'react';
import frame from '../frame.module.css';
import { useLabContext } from '../LabProvider/context';
import { copyText } from '../Terminal/copy';
import { embedOf, rootOf } from './embedOf';
import styles from './share.module.css';
import { snippets } from './snippets';

const absolute = (address: string): string => window.location.origin + rootOf(window.location.pathname) + address;

/** What puts this page's lab, as it begins, into a wiki or another site. */
export function EmbedCode(): ReactNode {
  const { scenarioName } = useLabContext();
  const id = useId();
  const [host, setHost] = useState(snippets[0]!.id);
  const [click, setClick] = useState(false);
  const [copied, setCopied] = useState(false);
  const embed = embedOf(scenarioName);
  const query = new URLSearchParams({ ...embed.query, ...(click && { ctl: '1' }) }).toString();
  const snippet = snippets.find((candidate) => candidate.id === host)!;
  const code = snippet.code({
    address: absolute(`embed/${embed.id}/`) + (query && `?${query}`),
    page: absolute(embed.at),
    picture: absolute(`img/og/${embed.id}.png`),
    parent: absolute('embed/parent.js'),
    title: document.title,
  });
  useEffect(() => setCopied(false), [code]);
  return (
    <section aria-labelledby={`${id}heading`}>
      <h3 id={`${id}heading`} className={styles.heading}>
        {translate({ id: 'widget.embed.title', message: '위키나 다른 사이트에 넣기' })}
      </h3>
      <div className={frame.bar}>
        <label htmlFor={`${id}host`}>{translate({ id: 'widget.embed.host', message: '넣을 곳' })}</label>
        <select id={`${id}host`} className={frame.select} value={host} onChange={(event) => setHost(event.target.value)}>
          {snippets.map(({ id: value, name }) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
        <label>
          <input type="checkbox" checked={click} onChange={(event) => setClick(event.target.checked)} />{' '}
          {translate({ id: 'widget.embed.click', message: '눌러야 불러온다' })}
        </label>
      </div>
      <p className={frame.hint} aria-live="polite">
        {snippet.how()}
      </p>
      <textarea
        className={`${frame.input} ${frame.mono} ${styles.code}`}
        aria-label={translate({ id: 'widget.embed.code', message: '붙여 넣을 코드' })}
        readOnly
        rows={5}
        value={code}
        onFocus={(event) => event.target.select()}
      />
      <button type="button" className={frame.button} onClick={() => void copyText(code).then(setCopied)}>
        {copied
          ? translate({ id: 'widget.share.copied', message: '복사했다' })
          : translate({ id: 'widget.embed.copy', message: '코드 복사' })}
      </button>
    </section>
  );
}
