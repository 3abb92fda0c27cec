import Link from '@docusaurus/Link';
import { translate } from '@docusaurus/Translate';
import useDocusaurusContext from '@docusaurus/useDocusaurusContext';
import type { ReactNode } from 'react';
import { misconceptions } from '../../lab/misconceptions/list';
import { writtenPlaces } from '../Course/places';
import { Prose } from '../Goal/Prose';
import styles from './misconceptions.module.css';

/** The list itself, apart from the widget: a page that comes with it from the server does not load it. */
export default function List(): ReactNode {
  const { i18n } = useDocusaurusContext();
  const language = i18n.currentLocale === 'en' ? 'en' : 'ko';
  return (
    <ol className={styles.list}>
      {misconceptions.map(({ id, belief, truth, met }) => (
        <li key={id} id={id}>
          <p className={styles.belief}>
            <Prose>{belief[language]}</Prose>
          </p>
          <p>
            <Prose>{truth[language]}</Prose>
          </p>
          <ul className={styles.places} aria-label={translate({ id: 'widget.misconceptions.met', message: '다루는 곳' })}>
            {writtenPlaces(met).map(({ to, title }) => (
              <li key={to}>
                <Link to={to}>{title}</Link>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}
