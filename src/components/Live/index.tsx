import { translate } from '@docusaurus/Translate';
import { Component, Suspense, type ReactNode } from 'react';
import { useLabContext } from '../LabProvider/context';
import frame from '../frame.module.css';

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
              message: '이 부분을 움직이지 못했다. 다시 해 보거나, 안 되면 페이지를 다시 연다.',
            })}{' '}
            <code>{error.message}</code>
          </p>
          <button type="button" className={frame.button} onClick={() => this.setState({ error: undefined })}>
            {translate({ id: 'widget.live.again', message: '다시 해 보기' })}
          </button>
        </div>
      </>
    );
  }
}

/** Shows `children` once the widget is near the viewport and the lab is there, and its still picture until then. */
export default function Live({ still, near, children }: Props & { near: boolean }): ReactNode {
  const { lab, failure } = useLabContext();
  if (near && lab) {
    return (
      <Boundary still={still}>
        <Suspense fallback={still}>{children}</Suspense>
      </Boundary>
    );
  }
  return (
    <>
      {still}
      {failure && (
        <p role="alert" className={frame.failure}>
          {translate({ id: 'widget.live.unloaded', message: '실습을 불러오지 못했다. 연결을 확인하고 페이지를 다시 연다.' })}{' '}
          <code>{failure}</code>
        </p>
      )}
    </>
  );
}
