/** The seeds there are: 1 to this. */
export const lastSeed = 999_999;
/** The exam of a reader who has not chosen one, and the one in the page as it is built. */
export const firstSeed = 1;

/** The name of the scenario with this seed's exam. It says all about it, so that what was done in one is kept like any other lab. */
export const examName = (seed: number): string => `exam-${seed}`;

/** The seed as a person or an address may write it; undefined for anything else. */
export function parseSeed(text: string): number | undefined {
  const seed = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  return seed >= 1 ? seed : undefined;
}

/** The seed that a scenario's name stands for; `exam` alone is the first. Undefined for any other name. */
export function seedOf(name: string): number | undefined {
  if (name === 'exam') return firstSeed;
  return name.startsWith('exam-') ? parseSeed(name.slice('exam-'.length)) : undefined;
}
