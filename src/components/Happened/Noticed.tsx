import Link from '@docusaurus/Link';
import { translate } from '@docusaurus/Translate';
import useDocusaurusContext from '@docusaurus/useDocusaurusContext';
import { useEffect, useState, type ReactNode } from 'react';
import type { Noticed as NoticedHere } from '../../lab/misconceptions';
import type { Lab } from '../../lab/types';
import { writtenPlaces } from '../Course/places';
import { Prose } from '../Goal/Prose';
import styles from './happened.module.css';
import type { LastAction } from './useLastAction';

/** What people often get wrong, when the latest action shows it, with the place in the course that meets it. */
export default function Noticed({ lab, last }: { lab: Lab; last: LastAction }): ReactNode {
  const { i18n } = useDocusaurusContext();
  const [noticed, setNoticed] = useState<NoticedHere>();
  useEffect(() => {
    let mine = true;
    setNoticed(undefined);
    import('../../lab/misconceptions').then(
      ({ noticeIn }) => mine && setNoticed(noticeIn(lab, last.before)),
      () => undefined,
    );
    return () => {
      mine = false;
    };
  }, [lab, last]);
  if (!noticed) return null;
  const [place] = writtenPlaces(noticed.misconception.met);
  return (
    <p className={styles.line} data-misconception={noticed.misconception.id}>
      <Prose>{noticed.feedback[i18n.currentLocale === 'en' ? 'en' : 'ko']}</Prose>{' '}
      {place && (
        <Link to={place.to}>
          {translate({ id: 'widget.happened.lesson', message: '레슨에서 보기: {title}' }, { title: place.title })}
        </Link>
      )}
    </p>
  );
}
