declare const EMBED_LOCALE: 'ko' | 'en';

const context = { i18n: { currentLocale: EMBED_LOCALE } };

/** Stands in for Docusaurus's hook in embeds: what widgets ask it for. */
export default function useDocusaurusContext(): typeof context {
  return context;
}
