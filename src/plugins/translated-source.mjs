import { readFileSync } from 'node:fs';

/** A widget's string as our sources write it; src/components/strings.test.ts knows the same form and finds any other. */
const STRING = /(id: '(widget\.[\w.]+)',\s*message:\s*)'(?:[^'\\]|\\.)*'/g;

/**
 * Loader: puts another language's words (a code.json, option `messages`) in the place of those in the source, so that they are loaded
 * with the widget that says them.
 */
export default function translatedSource(source) {
  const { messages: file } = this.getOptions();
  this.addDependency(file);
  const messages = JSON.parse(readFileSync(file, 'utf8'));
  return source.replace(STRING, (all, head, id) => (messages[id]?.message ? head + JSON.stringify(messages[id].message) : all));
}
