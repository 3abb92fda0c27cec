import type { Term } from './terms/term';

type Language = 'ko' | 'en';

/** A term as the page of one language shows it. */
export interface ShownTerm {
  id: string;
  name: string;
  /** Its name in the other language; the same word is not said twice. */
  other?: string;
  meaning: string;
  /** `LESSON#ANCHOR`. */
  explained: readonly string[];
}

export interface Letter {
  /** `ㄱ`, `A`; `A–Z` stands for all names in Latin letters on the Korean page. */
  letter: string;
  terms: ShownTerm[];
}

const INITIALS = 'ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ';
const FIRST_SYLLABLE = 0xac00;
const SYLLABLES_PER_INITIAL = 21 * 28;

function letterOf(name: string, language: Language): string {
  const initial = INITIALS[Math.floor((name.charCodeAt(0) - FIRST_SYLLABLE) / SYLLABLES_PER_INITIAL)];
  return initial ?? (language === 'ko' ? 'A–Z' : name.charAt(0).toUpperCase());
}

function shown({ id, ko, en, meaning, explained }: Term, language: Language): ShownTerm {
  const [name, other] = language === 'ko' ? [ko, en] : [en, ko];
  return {
    id,
    name,
    ...(other !== name && { other }),
    meaning: meaning[language],
    explained,
  };
}

/** Terms in the order of a dictionary of that language, by first letter: Hangul first, then Latin letters. */
export function ordered(terms: readonly Term[], language: Language): Letter[] {
  const { compare } = new Intl.Collator(language);
  const isLatin = (name: string) => Number(name.charCodeAt(0) < FIRST_SYLLABLE);
  const all = terms
    .map((term) => shown(term, language))
    .sort((a, b) => isLatin(a.name) - isLatin(b.name) || compare(a.name, b.name));
  const letters: Letter[] = [];
  for (const term of all) {
    const letter = letterOf(term.name, language);
    if (letters.at(-1)?.letter !== letter) letters.push({ letter, terms: [] });
    letters.at(-1)?.terms.push(term);
  }
  return letters;
}
