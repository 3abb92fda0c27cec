import { useHistory, useLocation } from '@docusaurus/router';
import { useEffect } from 'react';
import { examName, firstSeed, parseSeed } from '../../lab/exam/name';
import { safeStorage } from '../LabProvider/storage';

const key = 'exam-seed';
const seedIn = (search: string): string | null => new URLSearchParams(search).get('seed');

/** The scenario of the exam that the page's address asks for, else of the one this browser had last, else of the first. */
export function chosenExam(search: string): string {
  return examName(parseSeed(seedIn(search) ?? '') ?? parseSeed(safeStorage().getItem(key) ?? '') ?? firstSeed);
}

/** Makes the page's address name this exam, so that a link to it, or to what was done in it, leads to the same one. */
export function useSeedInAddress(seed: number | undefined): void {
  const history = useHistory();
  const { pathname, search } = useLocation();
  useEffect(() => {
    // The hash is the window's: one that was dealt with is gone from there, not from the router.
    if (seed !== undefined && seedIn(search) !== String(seed))
      history.replace({ pathname, search: `?seed=${seed}`, hash: window.location.hash });
  }, [seed]);
}

/** Puts an exam into the page's address and keeps it for the next visit. */
export function useChooseSeed(): (seed: number) => void {
  const history = useHistory();
  const { pathname } = useLocation();
  return (seed) => {
    safeStorage().setItem(key, String(seed));
    history.replace({ pathname, search: `?seed=${seed}`, hash: window.location.hash });
  };
}
