import { describe, expect, test } from 'vitest';
import { headersFile, nginxPolicy } from './headers';
import { hashesOf, policy, withPolicy } from './policy';

/** `printf 'let a = 1' | openssl dgst -sha256 -binary | base64` */
const HASH = "'sha256-LAfYd7pbFUgwfQu8b4q135PeTG2z+/coPEUYCd74eCQ='";

const page =
  '<!doctype html><html lang=ko><head><meta charset=UTF-8><title>t</title><script>let a = 1</script>' +
  '<script type=application/json data-x>{"a":"<b onclick=x>"}</script><script src=/a.js defer></script></head><body><p title="a onb=c">t</body></html>';

describe('the policy of a page', () => {
  test('names each script that stands in it, and neither data nor files', () => {
    expect(hashesOf([page, page])).toEqual([HASH]);
    expect(hashesOf(['<script src="/a.js"></script>'])).toEqual([]);
    expect(hashesOf(['<script type=module>let a = 1</script>'])).toEqual([HASH]);
  });

  test('comes before everything but the character set, once', () => {
    const once = withPolicy(page);
    expect(once).toContain(`<meta charset=UTF-8><meta http-equiv="Content-Security-Policy" content="${policy([HASH])}"><title>`);
    expect(withPolicy(once)).toBe(once);
  });

  test('allows no code from attributes, other text or other sites', () => {
    expect(() => hashesOf(['<p onclick="x()">'])).toThrow('attribute that runs code');
    expect(policy([HASH])).not.toMatch(/unsafe-eval|script-src[^;]*unsafe|https?:|\*/);
  });
});

describe('the headers', () => {
  test('let embeds alone into frames of others; no two patterns of _headers fit one address', () => {
    const none = { folders: [] };
    const site = {
      name: '',
      folders: [
        { name: 'embed', folders: [{ name: 'map', ...none }] },
        {
          name: 'en',
          folders: [
            { name: 'embed', ...none },
            { name: 'learn', ...none },
          ],
        },
        { name: 'learn', folders: [{ name: 'nodeport', ...none }] },
      ],
    };
    const rules = headersFile([HASH], site).trim().split('\n\n');
    expect(rules.map((rule) => rule.split('\n')[0] + (rule.includes("frame-ancestors 'self'") ? '' : ' anyone'))).toEqual([
      '/',
      '/embed/* anyone',
      '/en/',
      '/en/embed/* anyone',
      '/en/learn/*',
      '/learn/*',
    ]);
    expect(nginxPolicy([HASH])).toContain(`default "${policy([HASH])}; frame-ancestors 'self'";`);
  });
});
