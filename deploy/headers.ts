import { policy } from './policy';

/** What every answer says beside the policy. The site opens no windows, and is opened by none that it must speak to. */
const HEADERS: Record<string, string> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Permissions-Policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
};

/** Where figures for other sites stand: anyone may show them in a frame, and a frame without an origin may read their files. */
const EMBED = 'embed';

/** The policy as a header: a page cannot say in itself who may show it in a frame. */
const framed = (hashes: string[], anywhere: boolean): string => policy(hashes) + (anywhere ? '' : "; frame-ancestors 'self'");

/** A folder of the built site: its name, and the folders in it. */
export interface Folder {
  name: string;
  folders: Folder[];
}

/**
 * The patterns of `_headers` that cover a folder without the embeds in it. Of several patterns that fit an address, hosts send what each says,
 * and a browser keeps to all of it: so the patterns must not overlap.
 */
function patterns({ name, folders }: Folder, path = '/'): { pattern: string; embed: boolean }[] {
  if (name === EMBED) return [{ pattern: `${path}*`, embed: true }];
  const parts = folders.flatMap((folder) => patterns(folder, `${path}${folder.name}/`));
  if (path !== '/' && parts.every(({ embed }) => !embed)) return [{ pattern: `${path}*`, embed: false }];
  return [{ pattern: path, embed: false }, ...parts];
}

/** The file `_headers`, which Netlify, Cloudflare Pages and others read. */
export function headersFile(hashes: string[], site: Folder): string {
  const rule = (pattern: string, lines: Record<string, string>) =>
    [pattern, ...Object.entries(lines).map(([name, value]) => `  ${name}: ${value}`)].join('\n');
  const rules = patterns(site).map(({ pattern, embed }) =>
    rule(pattern, {
      'Content-Security-Policy': framed(hashes, embed),
      ...HEADERS,
      ...(embed && { 'Access-Control-Allow-Origin': '*' }),
    }),
  );
  return `${rules.join('\n\n')}\n`;
}

/** What nginx includes in its `http` block: the policy of each address, as a variable. deploy/nginx/site.conf sends it. */
export function nginxPolicy(hashes: string[]): string {
  return [
    '# Made by the build; the hashes are those of the scripts in its pages.',
    'map $uri $content_security_policy {',
    `  default "${framed(hashes, false)}";`,
    `  ~/${EMBED}/ "${framed(hashes, true)}";`,
    '}',
    '',
  ].join('\n');
}
