import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { CurrentBundler, LoadContext, Plugin } from '@docusaurus/types';
import type * as Server from '../components/Embed/entries/server';
import { playgroundDefaults, playgroundName } from '../lab/scenarios/playground';
import { bundleEmbeds, type EmbedFiles } from './embed-bundle';
import { embedPage } from './embed-page';
import type { CoursePart } from './course';

/** What embeds there are besides lessons with a lab and the widgets. */
const OTHERS = [
  { id: 'home', scenario: 'home', at: '' },
  { id: 'playground', scenario: playgroundName(playgroundDefaults), at: 'playground/' },
];

/**
 * Writes `embed/NAME/` for every lesson with a lab and every widget: pages for frames on other sites, made of the site's own widgets with
 * scripts of their own (embed-bundle.ts), because the site's runtime would weigh more than they do.
 */
export default function embeds({ siteDir, generatedFilesDir, outDir, i18n, siteConfig }: LoadContext): Plugin {
  let bundler: CurrentBundler | undefined;
  const lang = i18n.currentLocale === 'en' ? 'en' : 'ko';
  return {
    name: 'embeds',
    configureWebpack(_config, _isServer, { currentBundler }) {
      bundler = currentBundler;
      return {};
    },
    async postBuild() {
      const folder = path.join(outDir, 'embed');
      const serverFolder = path.join(generatedFilesDir, 'embed-server');
      if (!bundler) throw new Error('the site was not bundled');
      const files: EmbedFiles = await bundleEmbeds(bundler.instance, { siteDir, generatedFilesDir, lang, folder, serverFolder });
      const drawer = path.join(serverFolder, 'index.js');
      const require = createRequire(drawer);
      const { draw, widgets } = require(drawer) as typeof Server;
      // The other language's is made in the same process.
      delete require.cache[drawer];
      const course = JSON.parse(readFileSync(path.join(generatedFilesDir, 'course/default/course.json'), 'utf8')) as CoursePart[];
      const lessons = course.flatMap((part) => part.lessons);
      const wanted = [
        ...lessons.flatMap(({ id, title, lab }) => (lab === undefined ? [] : [{ id, scenario: lab, title, at: `learn/${id}/` }])),
        ...widgets.map((widget) => ({ widget, title: widget, at: `components/#${widget}` })),
        ...OTHERS.map((one) => ({ ...one, title: siteConfig.title })),
      ];
      for (const { title, at, ...one } of wanted) {
        const { page, html } = draw(one, lang);
        mkdirSync(path.join(folder, page.id), { recursive: true });
        const text = embedPage({ page, html, title, at, site: siteConfig.title, files });
        writeFileSync(path.join(folder, page.id, 'index.html'), text);
      }
      rmSync(serverFolder, { recursive: true });
    },
  };
}
