import { readFileSync } from 'node:fs';

/**
 * A string as our sources write it; src/components/strings.test.ts knows the same form and finds any other among the widgets'. Those
 * of the theme (`theme.`) belong to its own code as well.
 */
const STRING = /(id: '((?!theme\.)[\w.-]+)',\s*message:\s*)'(?:[^'\\]|\\.)*'/g;

/** The ids of a source's strings that the loader below puts into it. */
export const idsIn = (source) => [...source.matchAll(STRING)].map(([, , id]) => id);

/**
 * Loader: puts another language's words (a code.json, option `messages`) in the place of those in the source, so that they are loaded
 * with what says them.
 */
export default function translatedSource(source) {
  // most sources say nothing: no file is read for them
  if (!source.includes("id: '")) return source;
  const { messages: file } = this.getOptions();
  this.addDependency(file);
  const messages = JSON.parse(readFileSync(file, 'utf8'));
  return source.replace(STRING, (all, head, id) => (messages[id]?.message ? head + JSON.stringify(messages[id].message) : all));
}
