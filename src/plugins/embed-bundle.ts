import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { CurrentBundler, Plugin } from '@docusaurus/types';
import { forBrowser } from './for-browser';

type Bundler = CurrentBundler['instance'];
type Configuration = Parameters<NonNullable<Plugin['configureWebpack']>>[0];

interface Places {
  siteDir: string;
  generatedFilesDir: string;
  lang: 'ko' | 'en';
  /** Gets `assets/` with scripts and styles, and parent.js. */
  folder: string;
  /** Gets index.js, which draws the pages. */
  serverFolder: string;
}

/** The names below assets/ of what a page loads first. */
export interface EmbedFiles {
  boot: string;
  main: string;
  styles: string[];
}

/** Docusaurus's modules that widgets import, and what stands in for them. */
const SHIMS = ['Translate', 'Link', 'router', 'useBrokenLinks', 'useDocusaurusContext', 'useIsBrowser'];

function configuration(bundler: Bundler, { siteDir, generatedFilesDir, lang }: Places, isServer: boolean): Configuration {
  const embed = path.join(siteDir, 'src/components/Embed');
  const classes = {
    exportsConvention: 'as-is',
    localIdentName: '[name]-[local]-[hash:4]',
    exportsOnly: isServer,
    esModule: true,
  };
  return {
    mode: 'production',
    context: siteDir,
    devtool: false,
    target: isServer ? 'node20' : ['web', 'es2022'],
    experiments: { css: true },
    resolve: {
      extensions: ['.tsx', '.ts', '.mjs', '.js'],
      alias: {
        ...Object.fromEntries(SHIMS.map((name) => [`@docusaurus/${name}$`, path.join(embed, 'shims', name)])),
        '@generated': generatedFilesDir,
        '@site': siteDir,
        'just-bash$': 'just-bash/browser',
      },
    },
    module: {
      parser: { 'css/auto': { namedExports: false }, 'css/module': { namedExports: false } },
      generator: { 'css/auto': classes, 'css/module': classes, css: { exportsOnly: isServer } },
      rules: [
        { test: /\.css$/, type: 'css/auto' },
        {
          test: /\.tsx?$/,
          loader: 'builtin:swc-loader',
          options: {
            jsc: {
              parser: { syntax: 'typescript', tsx: true },
              transform: { react: { runtime: 'automatic' } },
              target: 'es2022',
            },
          },
        },
        ...(lang === 'ko'
          ? []
          : [
              {
                test: /\.tsx?$/,
                include: path.join(siteDir, 'src'),
                enforce: 'pre' as const,
                loader: path.join(siteDir, 'src/plugins/translated-source.mjs'),
                options: { messages: path.join(siteDir, 'i18n', lang, 'code.json') },
              },
            ]),
      ],
    },
    plugins: [
      new bundler.DefinePlugin({ EMBED_LOCALE: JSON.stringify(lang) }),
      ...(isServer
        ? []
        : [
            ...forBrowser(bundler, siteDir),
            new bundler.NormalModuleReplacementPlugin(/LabProvider[\\/]useNear(\.ts)?$/, path.join(embed, 'awake.ts')),
          ]),
    ],
    performance: false,
  } as Configuration;
}

async function run(bundler: Bundler, config: Configuration): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    bundler(config, (error, stats) => {
      if (error) reject(error);
      else if (!stats || stats.hasErrors()) reject(new Error(`embeds: ${stats?.toString('errors-warnings')}`));
      else resolve();
    });
  });
}

/**
 * Makes the embeds' scripts in one language: classic ones, because a frame under `sandbox` without an origin may not load modules from a server
 * that does not say so; and what draws the pages here.
 */
export async function bundleEmbeds(bundler: Bundler, places: Places): Promise<EmbedFiles> {
  const { siteDir, folder, serverFolder } = places;
  const entry = (name: string) => path.join(siteDir, 'src/components/Embed/entries', name);
  const assets = path.join(folder, 'assets');
  const browser = configuration(bundler, places, false);
  await run(bundler, {
    ...browser,
    name: 'embed',
    entry: { main: entry('main.tsx') },
    output: {
      path: assets,
      publicPath: 'auto',
      filename: '[name].[contenthash:8].js',
      chunkFilename: '[contenthash:8].js',
      cssFilename: '[name].[contenthash:8].css',
      cssChunkFilename: '[contenthash:8].css',
      assetModuleFilename: '[contenthash:8][ext]',
      uniqueName: 'p2pEmbed',
    },
  } as Configuration);
  // Without the plugin that exchanges useNear: these two draw nothing.
  await run(bundler, {
    ...browser,
    name: 'embed-boot',
    entry: { boot: entry('boot.ts') },
    output: { path: assets, filename: '[name].[contenthash:8].js', iife: true },
  });
  await run(bundler, {
    ...browser,
    name: 'embed-parent',
    entry: { parent: entry('parent.ts') },
    output: { path: folder, filename: '[name].js', iife: true },
  });
  await run(bundler, {
    ...configuration(bundler, places, true),
    name: 'embed-server',
    entry: entry('server.tsx'),
    optimization: { minimize: false, splitChunks: false },
    output: { path: serverFolder, filename: 'index.js', library: { type: 'commonjs2' } },
  });
  const made = readdirSync(assets);
  const one = (start: string, end: string): string => {
    const [file, other] = made.filter((name) => name.startsWith(`${start}.`) && name.endsWith(end));
    if (!file || other) throw new Error(`embeds: ${start}*${end} is ${made.join(' ')}`);
    return file;
  };
  return { boot: one('boot', '.js'), main: one('main', '.js'), styles: [one('main', '.css')] };
}
