import { translate } from '@docusaurus/Translate';
import { Component, Suspense, type ReactNode } from 'react';
import { useLabContext } from '../LabProvider/context';
import frame from '../frame.module.css';
import styles from './restoring.module.css';

interface Props {
  /** Shown on the server, while the live part loads, and when it fails. */
  still: ReactNode;
  children: ReactNode;
}

/** A live part that fails (a chunk that does not load, a fault in a widget) leaves its picture and the rest of the page standing. */
class Boundary extends Component<Props, { error?: Error }> {
  override state: { error?: Error } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <>
        {this.props.still}
        <div role="alert" className={frame.failure}>
          <p>
            {translate({
              id: 'widget.live.failed',
              message: '이 부분이 작동하지 않는다. 다시 시도하고, 그래도 안 되면 페이지를 다시 연다.',
            })}{' '}
            <code>{error.message}</code>
          </p>
          <button type="button" className={frame.button} onClick={() => this.setState({ error: undefined })}>
            {translate({ id: 'widget.live.again', message: '다시 시도' })}
          </button>
        </div>
      </>
    );
  }
}

/** Shows `children` once the widget is near the viewport and the lab is there, and its still picture until then. */
export default function Live({ still, near, children }: Props & { near: boolean }): ReactNode {
  const { lab, failure, restoring } = useLabContext();
  if (near && lab) {
    return (
      <Boundary still={still}>
        <Suspense fallback={still}>{children}</Suspense>
      </Boundary>
    );
  }
  return (
    <>
      {restoring && near ? (
        <div className={styles.place}>
          {still}
          <p role="status" className={styles.note}>
            {translate({ id: 'widget.live.restoring', message: '지난 방문의 실습을 되살리고 있다.' })}
          </p>
        </div>
      ) : (
        still
      )}
      {failure && (
        <p role="alert" className={frame.failure}>
          {translate({
            id: 'widget.live.unloaded',
            message: '실습을 불러오지 못했다. 네트워크 연결을 확인하고 페이지를 다시 연다.',
          })}{' '}
          <code>{failure}</code>
        </p>
      )}
    </>
  );
}
