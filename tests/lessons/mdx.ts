import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
export const folders = {
  ko: join(root, 'docs'),
  en: join(root, 'i18n/en/docusaurus-plugin-content-docs/current'),
};

export interface CodeBlock {
  language: string;
  meta: string;
  text: string;
  /** Line in the file, from 1. */
  line: number;
}

export interface Widget {
  name: string;
  props: Record<string, string>;
}

export interface Lesson {
  path: string;
  frontMatter: Record<string, string>;
  /** Level and anchor. */
  headings: { level: number; anchor: string | undefined }[];
  code: CodeBlock[];
  widgets: Widget[];
}

/** Paths of the MDX files of a language, relative to its folder. */
export function lessonPaths(language: keyof typeof folders): string[] {
  const folder = folders[language];
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.mdx?$/.test(path))
    .sort();
}

/** Reads what the tests compare and run; prose is left alone. */
export function readLesson(language: keyof typeof folders, path: string): Lesson {
  const text = readFileSync(join(folders[language], path), 'utf8');
  const lesson: Lesson = { path, frontMatter: {}, headings: [], code: [], widgets: [] };
  const lines = text.split('\n');
  let prose = '';
  let index = 0;
  if (lines[0] === '---') {
    for (index = 1; lines[index] !== '---'; index++) {
      const [, key, value] = /^(\w+):\s*(.*)$/.exec(lines[index] ?? '') ?? [];
      if (key !== undefined && value !== undefined) lesson.frontMatter[key] = value.replace(/^(['"])(.*)\1$/, '$2');
    }
    index++;
  }
  for (; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const fence = /^(\s*)(`{3,}|~{3,})(\S*)\s*(.*)$/.exec(line);
    if (fence) {
      const [, indent = '', mark = '', language = '', meta = ''] = fence;
      const start = index + 1;
      for (index++; index < lines.length && !(lines[index] ?? '').trim().startsWith(mark); index++);
      const body = lines.slice(start, index).map((one) => (one.startsWith(indent) ? one.slice(indent.length) : one.trimStart()));
      lesson.code.push({ language, meta, text: body.join('\n'), line: start });
      continue;
    }
    const heading = /^(#{1,6})\s+(.*?)\s*(?:\{\/\*\s*#([\w-]+)\s*\*\/\}|\\?\{#([\w-]+)\\?\})?\s*$/.exec(line);
    if (heading) lesson.headings.push({ level: heading[1]?.length ?? 0, anchor: heading[3] ?? heading[4] });
    prose += line + '\n';
  }
  const source = prose.replace(/`[^`\n]*`/g, '');
  for (const [, name = '', attributes = ''] of source.matchAll(
    /<([A-Z]\w*)((?:\s+\w+(?:=(?:"[^"]*"|'[^']*'|\{(?:[^{}]|\{[^{}]*\})*\}))?)*)\s*\/?>/g,
  )) {
    const props: Record<string, string> = {};
    for (const [, key = '', value = 'true'] of attributes.matchAll(/(\w+)(?:=("[^"]*"|'[^']*'|\{(?:[^{}]|\{[^{}]*\})*\}))?/g))
      props[key] = value;
    lesson.widgets.push({ name, props });
  }
  return lesson;
}
