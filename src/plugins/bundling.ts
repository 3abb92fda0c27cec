import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { LoadContext, Plugin } from '@docusaurus/types';

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

/**
 * Docusaurus puts every string of another language into the script that all pages load. The widgets' strings go where the widgets are
 * instead (translated-source.mjs), and only the others stay. Returns the file with those.
 */
function otherStrings(generatedFilesDir: string): string {
  const all = JSON.parse(readFileSync(path.join(generatedFilesDir, 'codeTranslations.json'), 'utf8')) as Record<string, string>;
  const file = path.join(generatedFilesDir, 'otherTranslations.json');
  const rest = Object.fromEntries(Object.entries(all).filter(([id]) => !id.startsWith('widget.')));
  writeFileSync(file, JSON.stringify(rest));
  return file;
}

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
        module: {
          rules: foreign
            ? [
                {
                  test: /\.tsx?$/,
                  include: path.join(siteDir, 'src'),
                  enforce: 'pre',
                  loader: path.join(siteDir, 'src/plugins/translated-source.mjs'),
                  options: { messages: path.join(siteDir, 'i18n', currentLocale, 'code.json') },
                },
              ]
            : [],
        },
        resolve: {
          alias: {
            'prism-react-renderer$': path.join(siteDir, 'src/plugins/prism-stub.ts'),
            // Only a browser runs it; the server's bundle would reach for native modules.
            'just-bash$': 'just-bash/browser',
          },
        },
        plugins: [
          ...(foreign
            ? [new NormalModuleReplacementPlugin(/^@generated\/codeTranslations$/, otherStrings(generatedFilesDir))]
            : []),
          ...(isServer
            ? [{ apply: shieldOutput }]
            : [
                new NormalModuleReplacementPlugin(/^node:zlib$/, path.join(siteDir, 'src/plugins/zlib-stub.ts')),
                new NormalModuleReplacementPlugin(/^\.\/prefetch$/, path.join(siteDir, 'src/plugins/prefetch-stub.ts')),
                // The still pictures' data comes with each page's HTML; every scenario in every page's script would weigh too much.
                new NormalModuleReplacementPlugin(
                  /LabProvider[\\/]scenario\.ts$/,
                  path.join(siteDir, 'src/components/LabProvider/scenarioInPage.ts'),
                ),
                new NormalModuleReplacementPlugin(
                  /ClusterMap[\\/]StillPicture\.tsx$/,
                  path.join(siteDir, 'src/components/ClusterMap/stillInPage.tsx'),
                ),
              ]),
        ],
      };
    },
  };
}
