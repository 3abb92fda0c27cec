import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { extractAllSourceCodeFileTranslations, getBabelOptions } from '@docusaurus/babel';
import type { LoadContext, Plugin, TranslationFileContent } from '@docusaurus/types';
import { globTranslatableSourceFiles } from '@docusaurus/utils';

type Messages = Record<string, { message?: string }>;

function readMessages(file: string): Messages {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Messages) : {};
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.mdx?$/.test(file));
}

/**
 * Fails the build when a string or a lesson has no twin. Docusaurus itself falls back to the other language without a word.
 * Our sources carry the default locale's words; the other locale's stand in its code.json. Strings: every `translate()` and `<Translate>` of src/ and of the search theme, and the labels of navbar and footer.
 */
export default function completeTranslations({ siteDir, siteConfig, i18n }: LoadContext): Plugin {
  const folder = (locale: string) => path.join(siteDir, 'i18n', locale);
  const require = createRequire(path.join(siteDir, 'package.json'));
  const { getTranslationFiles } = require('@docusaurus/theme-classic/lib/translations') as {
    getTranslationFiles(params: { themeConfig: unknown }): { path: string; content: TranslationFileContent }[];
  };
  // Now, because the labels are replaced by their translations before content is loaded.
  const themeFiles = getTranslationFiles({ themeConfig: siteConfig.themeConfig });
  return {
    name: 'complete-translations',
    async loadContent() {
      const problems: string[] = [];
      const locale = i18n.currentLocale;
      const expect = (file: string, ids: string[]) => {
        const messages = readMessages(path.join(folder(locale), file));
        for (const id of ids) if (!messages[id]?.message) problems.push(`i18n/${locale}/${file} lacks "${id}"`);
      };

      const searchTheme = path.join(
        path.dirname(require.resolve('@easyops-cn/docusaurus-search-local/package.json')),
        'dist/client',
      );
      const sources = await globTranslatableSourceFiles([path.join(siteDir, 'src'), searchTheme]);
      const extracted = await extractAllSourceCodeFileTranslations(
        sources.filter((file) => !/\.test\.tsx?$/.test(file)),
        getBabelOptions({ isServer: true }),
      );
      // Docusaurus's own theme comes translated, and our sources are written in the default locale.
      const themeIds = new Set(Object.keys(require('@docusaurus/theme-translations/locales/ko/theme-common.json') as object));
      for (const { sourceCodeFilePath, translations, warnings } of extracted) {
        const ours = path.resolve(siteDir, sourceCodeFilePath).startsWith(path.join(siteDir, 'src'));
        if (ours) problems.push(...warnings);
        if (ours && locale === i18n.defaultLocale) continue;
        expect(
          'code.json',
          Object.keys(translations).filter((id) => !themeIds.has(id)),
        );
      }

      for (const file of themeFiles) expect(`docusaurus-theme-classic/${file.path}.json`, Object.keys(file.content));

      for (const other of i18n.locales) {
        if (other === i18n.defaultLocale) continue;
        const original = new Set(filesBelow(path.join(siteDir, 'docs')));
        const twins = new Set(filesBelow(path.join(folder(other), 'docusaurus-plugin-content-docs/current')));
        for (const file of original) if (!twins.has(file)) problems.push(`docs/${file} has no twin in ${other}`);
        for (const file of twins) if (!original.has(file)) problems.push(`${file} of ${other} has no twin in docs/`);
      }

      if (problems.length === 0) return;
      const report = `Translations are not complete:\n  ${problems.join('\n  ')}`;
      // While one is writing, half a translation must not stop the preview.
      const draft = process.env.DRAFT !== undefined || process.env.NODE_ENV === 'development';
      if (!draft) throw new Error(report);
      console.warn(report);
    },
  };
}
