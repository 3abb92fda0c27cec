import { useEffect, useState } from 'react';
import type { DryRun, Lab } from '../../lab/types';
import { useLabPart } from '../LabProvider/context';

/** How long typing must rest before the server is asked, ms. */
const REST = 400;

/** A dry run, and the text that it is about. */
export interface CheckedText {
  text: string;
  runs: readonly DryRun[];
}

/** What applying `text` would do, asked again after each change of it or of what the learner did; undefined while not `wanted`. */
export function useDryRun(lab: Lab, text: string, wanted: boolean): CheckedText | undefined {
  const [checked, setChecked] = useState<CheckedText>();
  const actions = useLabPart('actions');
  useEffect(() => {
    if (!wanted) {
      setChecked(undefined);
      return undefined;
    }
    let current = true;
    const timer = setTimeout(() => {
      // Asked again at the next change, if the part that asks could not be loaded.
      lab.dryRun(text).then(
        (runs) => current && setChecked({ text, runs }),
        () => undefined,
      );
    }, REST);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [lab, text, wanted, actions]);
  return checked;
}
