import type { ReactNode } from 'react';
import { useLabContext, type PageState } from '../LabProvider/context';
import styles from './cue.module.css';

interface CueProps {
  /** The part of the bench it is about; that part is lit while the cue is pointed at. */
  part: 'terminal' | 'map' | 'manifest' | 'rules';
  /** What the bench shows when the cue is pressed. */
  shows: Pick<PageState, 'view' | 'file'>;
  label: string;
  /** Stands after the label, e.g. a file's name. */
  code?: string;
  /** Stands after the cue's name, e.g. the figure's caption. */
  children?: ReactNode;
}

/** In place of a figure that stands in the bench: a line that brings it up there. */
export default function Cue({ part, shows, label, code, children }: CueProps): ReactNode {
  const { page, start } = useLabContext();
  const point = (pointed: PageState['pointed']) => page.set({ pointed });
  return (
    <div
      className={styles.cue}
      data-cue={part}
      onMouseEnter={() => point(part)}
      onMouseLeave={() => point(undefined)}
      onFocus={() => point(part)}
      onBlur={() => point(undefined)}
    >
      <button
        type="button"
        className={styles.show}
        onClick={() => {
          start();
          page.set(shows);
          if (part === 'terminal') document.querySelector<HTMLElement>('.bench textarea, .bench input[type=text]')?.focus();
        }}
      >
        {label}
        {code !== undefined && <code>{code}</code>}
        <span aria-hidden="true"> →</span>
      </button>
      {children}
    </div>
  );
}
