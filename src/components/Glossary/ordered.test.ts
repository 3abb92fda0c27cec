import { describe, expect, it } from 'vitest';
import { ordered } from './ordered';
import { terms } from './terms';

const of = (names: readonly [ko: string, en: string][]) =>
  names.map(([ko, en]) => ({ id: en.toLowerCase(), ko, en, meaning: { ko: `${ko}의 뜻`, en: `what ${en} is` }, explained: [] }));
const some = of([
  ['파드', 'Pod'],
  ['conntrack', 'conntrack'],
  ['셸', 'Shell'],
  ['API 서버', 'API server'],
  ['서비스', 'Service'],
]);
const names = (language: 'ko' | 'en') =>
  ordered(some, language).map(({ letter, terms: group }) => [letter, ...group.map(({ name }) => name)]);

describe('the terms', () => {
  it('are ordered as a dictionary of each language has them', () => {
    expect(names('ko')).toEqual([
      ['ㅅ', '서비스', '셸'],
      ['ㅍ', '파드'],
      ['A–Z', 'API 서버', 'conntrack'],
    ]);
    expect(names('en')).toEqual([
      ['A', 'API server'],
      ['C', 'conntrack'],
      ['P', 'Pod'],
      ['S', 'Service', 'Shell'],
    ]);
  });

  it('say a name that both languages have once', () => {
    const all = ordered(some, 'ko').flatMap(({ terms: group }) => group);
    expect(all.find(({ name }) => name === 'conntrack')).not.toHaveProperty('other');
    expect(all.find(({ name }) => name === '파드')?.other).toBe('Pod');
  });

  it('are all on the page once', () => {
    for (const language of ['ko', 'en'] as const) {
      const letters = ordered(terms, language);
      expect(letters.flatMap(({ terms: group }) => group)).toHaveLength(terms.length);
      expect(new Set(letters.map(({ letter }) => letter)).size).toBe(letters.length);
    }
  });
});
