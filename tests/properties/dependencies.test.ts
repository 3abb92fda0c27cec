import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Locked {
  version: string;
  license?: string;
  hasInstallScript?: boolean;
}

/** Licences that let anyone use, change and pass on; of fonts and data the ones that they come under. */
const permissive = new Set(
  'MIT MIT-0 ISC BSD BSD-2-Clause BSD-3-Clause 0BSD Apache-2.0 BlueOak-1.0.0 CC0-1.0 Unlicense Python-2.0 PSF-2.0 OFL-1.1 CC-BY-4.0 WTFPL'.split(
    ' ',
  ),
);

/** Packages under other licences, and why they may be here. */
const others: Readonly<Record<string, { licence: string; because: string }>> = {
  'axe-core': { licence: 'MPL-2.0', because: 'checks pages in tests; nothing of it is passed on' },
  '@axe-core/playwright': { licence: 'MPL-2.0', because: 'as axe-core' },
  lightningcss: { licence: 'MPL-2.0', because: 'makes style sheets smaller during a build; nothing of it is in the site' },
  'lunr-languages': { licence: 'MPL-1.1', because: "the search's Korean words, passed on unchanged, each file with its notice" },
  'node-liblzma': { licence: 'LGPL-3.0', because: "optional for just-bash's tar on Node; neither built nor in the site" },
  'require-like': {
    licence: 'none named',
    because: 'its file License is that of MIT; Docusaurus evaluates its own pages with it',
  },
};

/** Packages that would run a script when they are installed, and why nothing is missed with `--ignore-scripts`. */
const scripts: Readonly<Record<string, string>> = {
  '@swc/core': 'looks whether its binary is there; that is a package of its own',
  esbuild: 'as @swc/core',
  'unrs-resolver': 'as @swc/core',
  'core-js': 'prints a call for donations',
  '@mongodb-js/zstd': "builds native code for just-bash's tar on Node, which the site has no use for",
  'node-liblzma': 'as @mongodb-js/zstd',
};

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> };
const installed = Object.entries(packages).filter(([path]) => path !== '');
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** What the lock file says, or else the package itself. */
function licenceOf(path: string, { license }: Locked): string {
  if (license) return license;
  const file = `${path}/package.json`;
  if (!existsSync(file)) return 'none named';
  const own = JSON.parse(readFileSync(file, 'utf8')) as { license?: string; licenses?: { type: string }[] };
  return own.license ?? own.licenses?.map(({ type }) => type).join(' OR ') ?? 'none named';
}

/** Of `OR` one is enough, of `AND` all are needed. */
const isPermissive = (licence: string): boolean =>
  licence
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((one) => permissive.has(one)));

it('every package, for the site or for its tests, is under a permissive licence or listed with a reason', () => {
  const found = installed
    .map(([path, locked]) => ({ name: nameOf(path), licence: licenceOf(path, locked) }))
    .filter(({ licence }) => !isPermissive(licence))
    // a program's builds for other machines
    .map(({ name, licence }) => `${name.startsWith('lightningcss-') ? 'lightningcss' : name}: ${licence}`);
  expect([...new Set(found)].sort()).toEqual(
    Object.entries(others)
      .map(([name, { licence }]) => `${name}: ${licence}`)
      .sort(),
  );
});

it('no package needs its install script', () => {
  const found = installed.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => nameOf(path));
  expect([...new Set(found)].sort()).toEqual(Object.keys(scripts).sort());
  expect(readFileSync('.ci/run', 'utf8')).toContain('npm ci --ignore-scripts');
});
