import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { zipSync, type Zippable } from 'fflate';
import { build } from 'vite';
import { readCourse } from '../src/plugins/course';
import { courseStructure, manifest12, manifest2004, type About } from './lms/manifests';
import type { Settings } from './lms/settings';
import { words } from './lms/words';
import { packageOffline } from './package-offline';

const root = path.join(import.meta.dirname, '..');
export const standards = ['scorm12', 'scorm2004', 'cmi5'] as const satisfies Settings['standard'][];

/** The launch page's script, with everything that it takes from the site. */
async function bundled(): Promise<string> {
  const built = await build({
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: path.join(root, 'deploy/lms/launch.ts'), formats: ['iife'], name: 'launch', fileName: () => 'lms.js' },
    },
  });
  const [result] = Array.isArray(built) ? built : [built];
  if (!result || !('output' in result)) throw new Error('the launch page was not bundled');
  return result.output[0].code;
}

/** The launch page. It may speak to any host, because a platform by cmi5 may be another than who serves the package. */
const page = (settings: Settings): string => `<!doctype html>
<html lang="${settings.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; frame-src 'self'; connect-src 'self' https: http:; img-src 'self'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words[settings.language].title}</title>
<link rel="icon" href="img/mark.svg">
<link rel="stylesheet" href="lms.css">
<script type="application/json" id="settings">${JSON.stringify(settings).replaceAll('<', '\\u003c')}</script>
<script src="lms.js" defer></script>
</head>
<body>
<header><p role="status"></p><button type="button"></button></header>
<iframe title="${words[settings.language].title}"></iframe>
</body>
</html>
`;

/**
 * Writes the packages for learning platforms to `out`, a folder for each standard, from the built site in `built`.
 * @param language of the launch page and the first page, where neither learner nor platform says another
 */
export async function packageLms(
  built: string,
  out: string,
  language: 'ko' | 'en',
  wanted: readonly Settings['standard'][],
): Promise<void> {
  const course = (await readCourse(root, language))
    .flatMap(({ lessons }) => lessons)
    .flatMap(({ id, lab, goals }) => (goals.length > 0 ? [{ id, lab, goals }] : []));
  const script = await bundled();
  for (const standard of wanted) {
    const folder = path.join(out, standard);
    packageOffline(built, folder);
    // The platform's pages and ours have one origin: a service worker would not be ours to place there.
    rmSync(path.join(folder, 'sw.js'));
    writeFileSync(path.join(folder, 'lms.html'), page({ standard, language, course }));
    writeFileSync(path.join(folder, 'lms.js'), script);
    writeFileSync(path.join(folder, 'lms.css'), readFileSync(path.join(import.meta.dirname, 'lms/page.css')));
    const about: About = {
      title: { ko: words.ko.title, en: words.en.title },
      description: {
        ko: '브라우저 안의 모의 클러스터에서 쿠버네티스 서비스를 배운다.',
        en: 'Kubernetes Services, learned on a simulated cluster in the browser.',
      },
      language,
      files: filesOf(folder),
      launch: 'lms.html',
    };
    const manifest = { scorm12: manifest12, scorm2004: manifest2004, cmi5: courseStructure }[standard];
    writeFileSync(path.join(folder, standard === 'cmi5' ? 'cmi5.xml' : 'imsmanifest.xml'), manifest(about));
  }
}

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();

/** A folder as a zip archive; the same bytes for the same files. */
function zipped(folder: string): Uint8Array {
  const files: Zippable = {};
  for (const file of filesOf(folder)) files[file] = readFileSync(path.join(folder, file));
  return zipSync(files, { level: 6, mtime: '1980-01-02T00:00:00Z' });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const language = process.argv.includes('--english') ? 'en' : 'ko';
  const work = mkdtempSync(path.join(tmpdir(), 'lms-'));
  await packageLms('build', work, language, standards);
  mkdirSync('lms', { recursive: true });
  for (const standard of standards) {
    const file = `lms/packet-to-pod-${standard}.zip`;
    writeFileSync(file, zipped(path.join(work, standard)));
    console.log(file);
  }
  rmSync(work, { recursive: true });
}
