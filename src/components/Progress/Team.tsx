import Translate, { translate } from '@docusaurus/Translate';
import { useId, useState, type ReactNode } from 'react';
import { progressCsv, type MemberFile } from '../../lab/progress/csv';
import { countGoals } from '../../lab/progress/stored';
import frame from '../frame.module.css';
import { download } from './download';
import styles from './progress.module.css';
import { readFile } from './readFile';
import { course } from './useStored';

/** More are refused: each is kept in memory until the table is made. */
const mostFiles = 500;

/** Makes one table of the progress files of a team, in this browser. */
export function Team(): ReactNode {
  const [members, setMembers] = useState<readonly MemberFile[]>([]);
  const [refused, setRefused] = useState<readonly string[]>([]);
  const id = useId();
  const add = async (chosen: readonly File[]) => {
    const files = chosen.slice(0, mostFiles);
    const read = await Promise.all(files.map(async (file) => ({ file: file.name, ...(await readFile(file)) })));
    setMembers(read.flatMap(({ file, progress }) => (progress ? [{ file, progress }] : [])));
    setRefused([
      ...read.flatMap(({ file, refused: why }) => (why === undefined ? [] : [`${file}: ${why}`])),
      ...(chosen.length > mostFiles
        ? [
            translate(
              { id: 'progress.tooMany', message: '한 번에 {most}개까지 읽는다. 나머지 {rest}개는 읽지 않았다.' },
              { most: String(mostFiles), rest: String(chosen.length - mostFiles) },
            ),
          ]
        : []),
    ]);
  };
  return (
    <section aria-labelledby="team">
      <h2 id="team">
        <Translate id="progress.team">팀의 진도 모으기</Translate>
      </h2>
      <p>
        <Translate id="progress.teamText">
          팀원이 보낸 진도 파일을 고르면 파일마다 한 줄인 CSV 표를 만든다. 파일은 이 브라우저 안에서만 읽고 저장하지 않는다.
        </Translate>
      </p>
      <p className={styles.field}>
        <label htmlFor={id}>{translate({ id: 'progress.teamFiles', message: '팀원의 진도 파일' })}</label>
        <input
          id={id}
          type="file"
          multiple
          accept=".json,application/json"
          onChange={(event) => void add([...(event.target.files ?? [])])}
        />
      </p>
      <div role="status">
        {refused.length > 0 && (
          <ul className={frame.failure}>
            {refused.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
        {members.length > 0 && (
          <ul>
            {members.map(({ file, progress }, index) => {
              const { reached, all } = countGoals(course, progress);
              return (
                <li key={index}>
                  {file}: {progress.name || translate({ id: 'progress.noName', message: '이름 없음' })}, {reached}/{all}
                </li>
              );
            })}
          </ul>
        )}
      </div>
      <button
        type="button"
        className={frame.button}
        disabled={members.length === 0}
        onClick={() => download('packet-to-pod-team.csv', 'text/csv;charset=utf-8', progressCsv(members, course))}
      >
        {translate({ id: 'progress.csv', message: 'CSV로 저장' })}
      </button>
    </section>
  );
}
