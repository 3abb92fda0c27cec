/** A script in a page: where it stands, its attributes as written, and the code between its tags. */
interface Script {
  attributes: string;
  code: string;
}

const SCRIPT = /<script\b((?:"[^"]*"|'[^']*'|[^"'>])*)>([\s\S]*?)<\/script>/gi;

const TAG = /<[a-z](?:"[^"]*"|'[^']*'|[^"'>])*>/gi;

/** What the browser runs as JavaScript; other types (`application/json`) are data that no policy asks about. */
const JAVASCRIPT = /^(?:|module|(?:text|application)\/javascript)$/i;

const attribute = (attributes: string, name: string): string | undefined => {
  const found = new RegExp(`(?:^|\\s)${name}(?:=(?:"([^"]*)"|'([^']*)'|([^\\s>]*)))?(?=\\s|$)`, 'i').exec(attributes);
  return found ? (found[1] ?? found[2] ?? found[3] ?? '') : undefined;
};

/** The code of every script that stands in the page itself, in its order. */
export function inlineScripts(html: string): string[] {
  const scripts: Script[] = [...html.matchAll(SCRIPT)].map(([, attributes = '', code = '']) => ({ attributes, code }));
  return scripts
    .filter(
      ({ attributes }) => attribute(attributes, 'src') === undefined && JAVASCRIPT.test(attribute(attributes, 'type') ?? ''),
    )
    .map(({ code }) => code);
}

/** Elements with an attribute that runs code (`onclick`), which no hash allows. */
export function handlers(html: string): string[] {
  const tags = html.replace(SCRIPT, '').match(TAG) ?? [];
  return tags.filter((tag) => /\son[a-z]+\s*=/i.test(tag.replace(/=\s*(?:"[^"]*"|'[^']*')/g, '=')));
}

/** The page with each opening tag as `change` gives it; text, comments and what stands in scripts stay as they are. */
export function rewriteTags(html: string, change: (tag: string) => string): string {
  let done = '';
  let at = 0;
  for (const script of html.matchAll(SCRIPT)) {
    const [whole, , code = ''] = script;
    const end = '</script>'.length + code.length;
    done += html.slice(at, script.index).replace(TAG, change);
    done += change(whole.slice(0, -end)) + whole.slice(-end);
    at = script.index + whole.length;
  }
  return done + html.slice(at).replace(TAG, change);
}
