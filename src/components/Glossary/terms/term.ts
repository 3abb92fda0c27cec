import type { Localized } from '../../../lab/types';

/** A term of the course: what it is called in both languages, what it means, and where the course explains it. */
export interface Term {
  /** Its anchor on the page of terms. */
  id: string;
  /** As the Korean Kubernetes documentation has it; what it writes as 한글(English) at first use is written so here. */
  ko: string;
  en: string;
  meaning: Localized;
  /** `LESSON#ANCHOR`, the most telling first. Empty when no lesson is about it. */
  explained: readonly string[];
}

/** Entries read in the order of a printed glossary: Korean, English, what it means in each. */
export const term = (
  id: string,
  ko: string,
  en: string,
  meaningKo: string,
  meaningEn: string,
  ...explained: readonly string[]
): Term => ({ id, ko, en, meaning: { ko: meaningKo, en: meaningEn }, explained });
