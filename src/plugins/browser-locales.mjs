/** Loader of the generated list of languages: where each of them is, wherever the site is served from (browser-config.mjs). */
export default function browserLocales(source) {
  return `
    import { place } from '@generated/docusaurus.config';
    const i18n = ${source};
    if (place) {
      for (const locale of Object.values(i18n.localeConfigs)) {
        locale.url = location.origin;
        locale.baseUrl = place + locale.baseUrl;
      }
    }
    export default i18n;
  `;
}
