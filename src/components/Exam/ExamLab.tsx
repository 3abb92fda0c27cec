import { useLocation } from '@docusaurus/router';
import useIsBrowser from '@docusaurus/useIsBrowser';
import type { ReactNode } from 'react';
import { examName, firstSeed } from '../../lab/exam/name';
import LabProvider from '../LabProvider';
import { chosenExam } from './seed';

/** The lab of the page with the exam: another seed is another cluster. */
export default function ExamLab({ children }: { children: ReactNode }): ReactNode {
  const { search } = useLocation();
  // The page was built without an address; the first picture in the browser must be the same.
  const name = useIsBrowser() ? chosenExam(search) : examName(firstSeed);
  return (
    <LabProvider scenario={name} bench>
      {children}
    </LabProvider>
  );
}
