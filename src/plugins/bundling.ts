import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { LoadContext, Plugin } from '@docusaurus/types';
import { forBrowser } from './for-browser';
import { PLACED } from './placed-source.mjs';
import { idsIn } from './translated-source.mjs';

interface Compiler {
  outputPath: string;
  hooks: { afterEmit: { tap(name: string, callback: () => void): void } };
}

interface LoaderUse {
  loader?: string;
  options?: { limit?: number };
}

/**
 * Docusaurus writes JavaScript that is not, or not only, an ES module: sources that mix `import` with `require()`, and a server
 * bundle in CommonJS. The nearest package.json decides how such a file is read, and ours says `"type": "module"`.
 */
function shieldFromModuleType(folder: string): void {
  writeFileSync(path.join(folder, 'package.json'), '{}\n');
}

function shieldOutput(compiler: Compiler): void {
  compiler.hooks.afterEmit.tap('bundling', () => shieldFromModuleType(compiler.outputPath));
}

/** Words of the theme for what this site does not have. */
const UNUSED =
  /^theme\.(admonition|AnnouncementBar|BackToTopButton|blog|contentVisibility|docs\.(breadcrumbs|DocCard|tagDoc|version)|lastUpdated|tags|TOCCollapsible)/;

/**
 * Docusaurus puts every string of another language into the script that all pages load. Those of our sources go where they are said
 * instead (translated-source.mjs), and only the others stay. Returns the file with those.
 */
function otherStrings(siteDir: string, generatedFilesDir: string): string {
  const source = path.join(siteDir, 'src');
  const inSource = new Set(
    readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .flatMap((file) => idsIn(readFileSync(path.join(source, file), 'utf8'))),
  );
  const all = JSON.parse(readFileSync(path.join(generatedFilesDir, 'codeTranslations.json'), 'utf8')) as Record<string, string>;
  const file = path.join(generatedFilesDir, 'otherTranslations.json');
  const rest = Object.fromEntries(Object.entries(all).filter(([id]) => !inSource.has(id) && !UNUSED.test(id)));
  writeFileSync(file, JSON.stringify(rest));
  return file;
}

/** Parts of Docusaurus's frame that do more than this site needs, in every page's script, and what stands in for them in the browser. */
const lighter: [RegExp, string][] = [
  [/^react-helmet-async$/, 'helmet-stub.ts'],
  [/^react-router-dom$/, 'router-dom-stub.mjs'],
  [/^path-to-regexp$/, 'path-to-regexp-stub.ts'],
  [/^hoist-non-react-statics$/, 'hoist-stub.ts'],
  [/^nprogress$/, 'nprogress-stub.ts'],
];

/** What the bundler must do differently from Docusaurus's defaults. */
export default function bundling({ siteDir, generatedFilesDir, i18n }: LoadContext): Plugin {
  return {
    name: 'bundling',
    loadContent() {
      shieldFromModuleType(generatedFilesDir);
    },
    configureWebpack(config, isServer, { currentBundler }) {
      // Small font subsets would be inlined into the one render-blocking stylesheet, although a page needs few of them.
      for (const rule of config.module?.rules ?? []) {
        if (!rule || typeof rule !== 'object' || !(rule.test instanceof RegExp) || !rule.test.test('.woff2')) continue;
        for (const use of (Array.isArray(rule.use) ? rule.use : [rule.use]) as LoaderUse[]) {
          if (use?.options && 'limit' in use.options) use.options.limit = 0;
        }
      }
      // Code is highlighted when the site is built (rehype-shiki), so Prism must not reach the reader.
      const { currentLocale } = i18n;
      const { NormalModuleReplacementPlugin } = currentBundler.instance;
      const foreign = currentLocale !== i18n.defaultLocale;
      return {
        // Scripts find each other and their files from where they are themselves, wherever a host serves the site from (deploy/relocate.ts).
        // The development server makes its pages without knowing how deep they are.
        ...(!isServer && process.env.NODE_ENV === 'production' && { output: { publicPath: 'auto' } }),
        module: {
          rules: [
            ...(isServer
              ? []
              : [
                  {
                    test: path.join(generatedFilesDir, 'docusaurus.config.mjs'),
                    loader: path.join(siteDir, 'src/plugins/browser-config.mjs'),
                  },
                  {
                    test: path.join(generatedFilesDir, 'i18n.json'),
                    type: 'javascript/auto',
                    loader: path.join(siteDir, 'src/plugins/browser-locales.mjs'),
                  },
                  { test: PLACED, enforce: 'pre' as const, loader: path.join(siteDir, 'src/plugins/placed-source.mjs') },
                ]),
            ...(foreign
              ? [
                  {
                    test: /\.tsx?$/,
                    include: path.join(siteDir, 'src'),
                    enforce: 'pre' as const,
                    loader: path.join(siteDir, 'src/plugins/translated-source.mjs'),
                    options: { messages: path.join(siteDir, 'i18n', currentLocale, 'code.json') },
                  },
                ]
              : []),
          ],
        },
        resolve: {
          alias: {
            'prism-react-renderer$': path.join(siteDir, 'src/plugins/prism-stub.ts'),
            // Only a browser runs it; the server's bundle would reach for native modules.
            'just-bash$': 'just-bash/browser',
          },
        },
        plugins: [
          new NormalModuleReplacementPlugin(/^@generated\/codeTranslations$/, otherStrings(siteDir, generatedFilesDir)),
          ...(isServer
            ? [{ apply: shieldOutput }]
            : [
                new NormalModuleReplacementPlugin(/^tslib$/, (asked: { request: string; contextInfo: { issuer: string } }) => {
                  if (/@docusaurus[\\/]utils-common/.test(asked.contextInfo.issuer))
                    asked.request = path.join(siteDir, 'src/plugins/tslib-stub.ts');
                }),
                ...lighter.map(
                  ([asked, stub]) => new NormalModuleReplacementPlugin(asked, path.join(siteDir, 'src/plugins', stub)),
                ),
                new NormalModuleReplacementPlugin(/^\.\/prefetch$/, path.join(siteDir, 'src/plugins/prefetch-stub.ts')),
                ...forBrowser(currentBundler.instance, siteDir),
              ]),
        ],
      };
    },
  };
}
