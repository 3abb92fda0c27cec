/** Stands in for Docusaurus's context in unit tests. */
export default function useDocusaurusContext(): { i18n: { currentLocale: string } } {
  return { i18n: { currentLocale: 'ko' } };
}
