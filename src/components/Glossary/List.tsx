import Link from '@docusaurus/Link';
import { translate } from '@docusaurus/Translate';
import useBrokenLinks from '@docusaurus/useBrokenLinks';
import useDocusaurusContext from '@docusaurus/useDocusaurusContext';
import letters from '@generated/glossary/default/glossary.json';
import type { ReactNode } from 'react';
import { writtenPlaces } from '../Course/places';
import { Prose } from '../Goal/Prose';
import styles from './glossary.module.css';

function placeOf(text: string): { lesson: string; anchor: string } {
  const [lesson = '', anchor = ''] = text.split('#');
  return { lesson, anchor };
}

/** The list itself, apart from the widget: a page that comes with it from the server does not load it. */
export default function List(): ReactNode {
  const { i18n } = useDocusaurusContext();
  const { collectAnchor } = useBrokenLinks();
  for (const { terms } of letters) for (const { id } of terms) collectAnchor(id);
  const other = i18n.currentLocale === 'en' ? 'ko' : 'en';
  return letters.map(({ letter, terms }) => (
    <section key={letter} className={styles.letter}>
      <h2>{letter}</h2>
      <dl>
        {terms.map(({ id, name, other: otherName, meaning, explained }) => (
          <div key={id} id={id}>
            <dt>
              {name} {otherName !== undefined && <span lang={other}>{otherName}</span>}
            </dt>
            <dd>
              <Prose>{meaning}</Prose>
            </dd>
            {explained.length > 0 && (
              <dd>
                <ul className={styles.places} aria-label={translate({ id: 'widget.glossary.explained', message: '설명하는 곳' })}>
                  {writtenPlaces(explained.map(placeOf)).map(({ to, title }) => (
                    <li key={to}>
                      <Link to={to}>{title}</Link>
                    </li>
                  ))}
                </ul>
              </dd>
            )}
          </div>
        ))}
      </dl>
    </section>
  ));
}
