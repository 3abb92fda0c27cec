import { execSync, spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

/** Nobody: who may read what everyone may, and write nothing but the folder for temporary files. */
const NOBODY = 65534;

function ensureInstalled(): void {
  if (spawnSync('nginx', ['-v']).status === 0) return;
  execSync('apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nginx-light', {
    stdio: 'ignore',
  });
  // Debian starts one of its own.
  spawnSync('service', ['nginx', 'stop']);
}

/**
 * Runs Debian's nginx with this configuration until `use` is done; as nobody where this process is root. `folder` is for its files.
 * Resolves once it answers at `address`.
 */
export async function withNginx(config: string, folder: string, address: string, use: () => Promise<void>): Promise<void> {
  ensureInstalled();
  const file = path.join(folder, 'nginx.conf');
  writeFileSync(file, config);
  const identity = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const nginx = spawn('nginx', ['-c', file, '-g', 'daemon off;'], { ...identity, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  nginx.stderr.on('data', (text: Buffer) => (said += text.toString()));
  const ended = new Promise<void>((resolve) => nginx.once('exit', () => resolve()));
  try {
    for (let attempt = 0; ; attempt++) {
      if (nginx.exitCode !== null || attempt === 50) throw new Error(`nginx does not serve: ${said}`);
      if (await fetch(address).then(() => true, () => false)) break; // prettier-ignore
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await use();
  } finally {
    nginx.kill();
    await ended;
  }
}
