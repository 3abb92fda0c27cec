import { parts } from '../../course';

/** Every page of the site, in both languages. */
export const pages = (['ko', 'en'] as const).flatMap((locale) => {
  const base = locale === 'ko' ? '/' : '/en/';
  return [
    { name: 'home', locale, path: base },
    ...parts.flatMap(({ lessons }) => lessons).map((lesson) => ({ name: lesson, locale, path: `${base}learn/${lesson}/` })),
    { name: 'playground', locale, path: `${base}playground/` },
    { name: 'progress', locale, path: `${base}progress/` },
    { name: 'support', locale, path: `${base}support/` },
    { name: 'components', locale, path: `${base}components/` },
    { name: 'search', locale, path: `${base}search/` },
  ];
});

/** One page of each type, for Lighthouse. */
export const lighthousePages = ['/', '/playground/', '/learn/loadbalancer/', '/en/learn/loadbalancer/'];
