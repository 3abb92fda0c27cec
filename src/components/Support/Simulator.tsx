import Translate, { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import type { SupportData } from '../../plugins/support-data';
import { matches, type Filter } from './filter';
import { Mark, Section } from './Section';
import styles from './support.module.css';

/** Kinds of the API server and the fields of a Service. */
export function Api({
  kinds,
  fields,
  filter,
}: {
  kinds: SupportData['kinds'];
  fields: SupportData['serviceFields'];
  filter: Filter;
}): ReactNode {
  const foundKinds = kinds.filter(({ kind, version, shortNames, runs }) => matches(filter, [kind, version, ...shortNames], runs));
  const foundFields = fields.filter(({ field, support }) => matches(filter, [field, 'Service'], support === 'simulated'));
  return (
    <>
      <Section
        id="kinds"
        title={<Translate id="support.kinds">리소스</Translate>}
        count={{ done: kinds.filter(({ runs }) => runs).length, all: kinds.length, found: foundKinds.length }}
      >
        <ul className={styles.list}>
          {foundKinds.map(({ kind, version, shortNames, runs }) => (
            <li key={`${version} ${kind}`}>
              <code>{kind}</code>
              <span className={styles.short}>{[version, ...shortNames].join(', ')}</span>
              <Mark state={runs ? 'simulated' : 'not simulated'} />
            </li>
          ))}
        </ul>
      </Section>
      <Section
        id="fields"
        title={<Translate id="support.fields">서비스의 필드</Translate>}
        count={{
          done: fields.filter(({ support }) => support === 'simulated').length,
          all: fields.length,
          found: foundFields.length,
        }}
      >
        <ul className={styles.list}>
          {foundFields.map(({ field, support }) => (
            <li key={field}>
              <code>{field}</code> <Mark state={support} />
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}

function placeName(place: string): string {
  const names: Record<string, string> = {
    laptop: translate({ id: 'support.place.laptop', message: '노트북과 VM' }),
    node: translate({ id: 'support.place.node', message: '노드' }),
    busybox: translate({ id: 'support.place.busybox', message: 'BusyBox 파드' }),
    debian: translate({ id: 'support.place.debian', message: 'Debian 파드' }),
    bind: translate({ id: 'support.place.bind', message: 'DNS 도구 파드' }),
    none: translate({ id: 'support.place.none', message: '셸도 없음' }),
  };
  return names[place] ?? place;
}

/** Programs of the terminals by where they are. */
export function Programs({
  programs,
  textTools,
  filter,
}: Pick<SupportData, 'programs' | 'textTools'> & { filter: Filter }): ReactNode {
  const has = ({ places }: SupportData['programs'][number]) => places.length > 0;
  const found = programs.filter((program) => matches(filter, [program.name, ...program.places.map(placeName)], has(program)));
  const tools = textTools.filter((name) => matches(filter, [name], true));
  return (
    <Section
      id="programs"
      title={<Translate id="support.programs">터미널의 프로그램</Translate>}
      count={{ done: programs.filter(has).length, all: programs.length, found: found.length + tools.length }}
    >
      <ul className={styles.list}>
        {found.map((program) => (
          <li key={program.name}>
            <code>{program.name}</code>
            {has(program) ? (
              <span className={styles.short}>{program.places.map(placeName).join(', ')}</span>
            ) : (
              <>
                <span className={styles.short} lang="en">
                  {program.instead}
                </span>
                <Mark state="not simulated" />
              </>
            )}
          </li>
        ))}
      </ul>
      {tools.length > 0 && (
        <p>
          <Translate id="support.textTools">어느 셸에나 있는 텍스트 도구:</Translate> <code>{tools.join(' ')}</code>
        </p>
      )}
    </Section>
  );
}

/** Container images that run. */
export function Images({ images, filter }: Pick<SupportData, 'images'> & { filter: Filter }): ReactNode {
  const found = images.filter(({ name }) => matches(filter, [name], true));
  return (
    <Section
      id="images"
      title={<Translate id="support.images">실행되는 컨테이너 이미지</Translate>}
      count={{ done: images.length, all: images.length, found: found.length }}
    >
      <p>
        <Translate id="support.images.others">다른 이미지의 파드는 이미지를 받지 못해 ErrImagePull 상태가 된다.</Translate>
      </p>
      <ul className={styles.list}>
        {found.map(({ name, userland }) => (
          <li key={name}>
            <code>{name}</code>
            <span className={styles.short}>
              {placeName(userland === 'busybox-old' || userland === 'alpine' ? 'busybox' : userland)}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
