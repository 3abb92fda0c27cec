import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser } from 'playwright-core';

/** A Chromium that this machine can run, and what its process needs. */
export interface Chromium {
  executablePath: string;
  env: Record<string, string>;
}

const packaged = path.resolve('node_modules/.cache/chromium-147.0.0');

/** Without a font that has Hangul, Korean pages would be measured and pictured as empty boxes. */
function writeFontConfig(folder: string): string {
  const fonts = path.resolve('node_modules/@expo-google-fonts/nanum-gothic-coding');
  const alias = (family: string) =>
    `<match target="pattern"><test name="family"><string>${family}</string></test>` +
    `<edit name="family" mode="append" binding="same"><string>NanumGothicCoding</string></edit></match>`;
  const file = path.join(folder, 'fonts.conf');
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${folder}/fonts</dir><dir>${fonts}</dir>` +
      `<cachedir>${folder}/fontcache</cachedir>${['sans-serif', 'serif', 'monospace', 'system-ui'].map(alias).join('')}</fontconfig>`,
  );
  return file;
}

/** Unpacks the Chromium of the npm package, for machines that have none; it brings its own shared libraries. */
async function unpackChromium(): Promise<Chromium> {
  mkdirSync(packaged, { recursive: true });
  const saved = { ...process.env };
  // The package unpacks its libraries only where it believes to be on Lambda, and into the temporary folder.
  process.env.TMPDIR = packaged;
  process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs20.x';
  const { default: sparticuz } = await import('@sparticuz/chromium');
  sparticuz.setGraphicsMode = false;
  const executablePath = await sparticuz.executablePath();
  for (const name of ['TMPDIR', 'AWS_EXECUTION_ENV', 'LD_LIBRARY_PATH', 'FONTCONFIG_PATH', 'HOME']) {
    if (saved[name] === undefined) delete process.env[name];
    else process.env[name] = saved[name];
  }
  return {
    executablePath,
    env: { FONTCONFIG_FILE: writeFontConfig(packaged), LD_LIBRARY_PATH: path.join(packaged, 'al2023/lib') },
  };
}

/** The machine's own Chromium if there is one, else the packaged one. `CHROMIUM` names another. */
export async function findChromium(): Promise<Chromium> {
  const installed = [
    process.env.CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    playwrightsOwn(),
  ];
  const executablePath = installed.find((file) => file !== undefined && existsSync(file));
  return executablePath ? { executablePath, env: {} } : unpackChromium();
}

function playwrightsOwn(): string | undefined {
  try {
    return chromium.executablePath();
  } catch {
    return undefined;
  }
}

/** Not the package's own flags: those switch web security and site isolation off. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

export async function launch({ executablePath, env }: Chromium, debuggingPort?: number): Promise<Browser> {
  return chromium.launch({
    executablePath,
    headless: true,
    env: { ...(process.env as Record<string, string>), ...env },
    args: debuggingPort === undefined ? flags : [...flags, `--remote-debugging-port=${debuggingPort}`],
  });
}
