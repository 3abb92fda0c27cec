import { translate } from '@docusaurus/Translate';
import clsx from 'clsx';
import { useEffect, useReducer, useState, type ReactNode } from 'react';
import { useLabContext, usePageState, type Link } from '../LabProvider/context';
import { useShownState } from '../LabProvider/useShownState';
import frame from '../frame.module.css';
import { serviceRow, type Piece, type ServiceRow } from './cells';
import { explain } from './explain';
import styles from './table.module.css';

const same = (a: Link | undefined, b: Link | undefined): boolean => a !== undefined && a.part === b?.part && a.value === b.value;

interface Pointed {
  row: string;
  piece: Piece;
}

/** The Services of the namespace `default` as `kubectl get svc` prints them; each part explains itself. */
export default function LiveTable(): ReactNode {
  const state = useShownState();
  const { page } = useLabContext();
  const link = usePageState('link');
  const [pointed, setPointed] = useState<Pointed>();
  const [, again] = useReducer((count: number) => count + 1, 0);
  // Ages grow while nothing else happens.
  useEffect(() => {
    const timer = setInterval(again, 1000);
    return () => clearInterval(timer);
  }, []);
  if (!state) return null;
  const services = state.services.filter((service) => (service.metadata.namespace ?? 'default') === 'default');
  const rows = services.map((service) => serviceRow(service, state.time));
  const row = rows.find((candidate) => candidate.service.metadata.name === pointed?.row);
  const explanation = row && pointed ? explain(row.service, pointed.piece) : undefined;
  const point = (name: string, piece: Piece) => {
    setPointed({ row: name, piece });
    page.set({ link: piece.link });
  };
  const cell = (owner: ServiceRow, pieces: readonly Piece[]) =>
    pieces.map((piece, index) =>
      piece.link ? (
        <button
          key={index}
          type="button"
          className={clsx(styles.piece, same(link, piece.link) && styles.lit)}
          onMouseEnter={() => point(owner.service.metadata.name, piece)}
          onMouseLeave={() => page.set({ link: undefined })}
          onFocus={() => point(owner.service.metadata.name, piece)}
          onBlur={() => page.set({ link: undefined })}
          onClick={() => point(owner.service.metadata.name, piece)}
        >
          {piece.text}
        </button>
      ) : (
        <span key={index}>{piece.text}</span>
      ),
    );
  return (
    <div>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              {['NAME', 'TYPE', 'CLUSTER-IP', 'EXTERNAL-IP', 'PORT(S)', 'AGE'].map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((one) => (
              <tr key={one.service.metadata.uid}>
                <td>{cell(one, one.name)}</td>
                <td>{cell(one, one.type)}</td>
                <td>{cell(one, one.clusterIP)}</td>
                <td>{cell(one, one.externalIP)}</td>
                <td>{cell(one, one.ports)}</td>
                <td>{one.age}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={styles.explanation} role="status">
        {explanation ? (
          <>
            <code>{explanation.field}</code>
            <p>{explanation.sentence}</p>
          </>
        ) : (
          <p className={frame.hint}>
            {services.some((service) => service.metadata.name !== 'kubernetes')
              ? translate({ id: 'widget.table.point', message: '표의 값을 가리키거나 눌러 보면 그 값이 무엇인지 여기에 나온다.' })
              : translate({
                  id: 'widget.table.empty',
                  message: '아직 만든 서비스가 없다. 서비스를 만들면 한 줄이 늘어난다.',
                })}
          </p>
        )}
      </div>
    </div>
  );
}
