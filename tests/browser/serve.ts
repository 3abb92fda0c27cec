import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
};

function resolveFile(folder: string, url: string): string | undefined {
  const wanted = path.join(folder, path.normalize(decodeURIComponent(new URL(url, 'http://localhost').pathname)));
  for (const file of [wanted, path.join(wanted, 'index.html')]) {
    if (file.startsWith(folder) && existsSync(file) && statSync(file).isFile()) return file;
  }
  return undefined;
}

/**
 * Serves a built site on a free port of this machine, compressed and cached as a real host would, so that what is measured
 * is the site. Answers the address without a slash at the end.
 */
export async function serve(folder: string): Promise<{ address: string; close(): Promise<void> }> {
  const root = path.resolve(folder);
  const server: Server = createServer((request, response) => {
    const file = resolveFile(root, request.url ?? '/');
    const found = file ?? path.join(root, '404.html');
    const extension = path.extname(found);
    response.statusCode = file ? 200 : 404;
    response.setHeader('content-type', types[extension] ?? 'application/octet-stream');
    response.setHeader('cache-control', /[/\\]assets[/\\]/.test(found) ? 'public, max-age=31536000, immutable' : 'no-cache');
    if (
      ['.html', '.js', '.css', '.json', '.svg', '.xml'].includes(extension) &&
      /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
    ) {
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync(readFileSync(found)));
    } else {
      createReadStream(found).pipe(response);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.closeAllConnections();
        server.close((error) => (error ? reject(error) : resolve()));
      }),
  };
}
