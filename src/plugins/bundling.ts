import { writeFileSync } from 'node:fs';
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

/** What the bundler must do differently from Docusaurus's defaults. */
export default function bundling({ siteDir, generatedFilesDir }: LoadContext): Plugin {
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
      return {
        resolve: {
          alias: {
            'prism-react-renderer$': path.join(siteDir, 'src/plugins/prism-stub.ts'),
            // Only a browser runs it; the server's bundle would reach for native modules.
            'just-bash$': 'just-bash/browser',
          },
        },
        plugins: isServer
          ? [{ apply: shieldOutput }]
          : [
              new currentBundler.instance.NormalModuleReplacementPlugin(
                /^node:zlib$/,
                path.join(siteDir, 'src/plugins/zlib-stub.ts'),
              ),
              new currentBundler.instance.NormalModuleReplacementPlugin(
                /^\.\/prefetch$/,
                path.join(siteDir, 'src/plugins/prefetch-stub.ts'),
              ),
              // The still pictures' data comes with each page's HTML; every scenario in every page's script would weigh too much.
              new currentBundler.instance.NormalModuleReplacementPlugin(
                /LabProvider[\\/]scenario\.ts$/,
                path.join(siteDir, 'src/components/LabProvider/scenarioInPage.ts'),
              ),
              new currentBundler.instance.NormalModuleReplacementPlugin(
                /ClusterMap[\\/]StillPicture\.tsx$/,
                path.join(siteDir, 'src/components/ClusterMap/stillInPage.tsx'),
              ),
            ],
      };
    },
  };
}
