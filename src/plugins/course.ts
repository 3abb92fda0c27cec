import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { LoadContext, Plugin } from '@docusaurus/types';
import { DEFAULT_PARSE_FRONT_MATTER } from '@docusaurus/utils';
import { parts } from '../../course';

export interface CourseLesson {
  id: string;
  title: string;
  /** What a reader can do afterwards, in one sentence. */
  description: string;
  /** The scenario of its lab; undefined for a page to look things up in. */
  lab?: string;
}

/** A part of the course in the language of the page. */
export interface CoursePart {
  id: string;
  label: string;
  lessons: CourseLesson[];
}

async function readLesson(folder: string, id: string): Promise<CourseLesson> {
  const filePath = path.join(folder, `${id}.mdx`);
  const { frontMatter } = await DEFAULT_PARSE_FRONT_MATTER({ filePath, fileContent: readFileSync(filePath, 'utf8') });
  const { title, description, lab } = frontMatter as Partial<Record<string, string>>;
  if (!title || !description) throw new Error(`${filePath}: the front matter lacks a title or a description`);
  return { id, title, description, ...(lab && { lab }) };
}

/** Makes the list of lessons a file of its own, with what each lesson's front matter says, in the language that is built. */
export default function course({ siteDir, i18n }: LoadContext): Plugin<CoursePart[]> {
  const english = i18n.currentLocale === 'en';
  const folder = path.join(siteDir, english ? 'i18n/en/docusaurus-plugin-content-docs/current' : 'docs');
  return {
    name: 'course',
    getPathsToWatch: () => [`${folder}/*.mdx`],
    loadContent: () =>
      Promise.all(
        parts.map(async ({ id, label, lessons }) => ({
          id,
          label: label[english ? 'en' : 'ko'],
          lessons: await Promise.all(lessons.map((lesson) => readLesson(folder, lesson))),
        })),
      ),
    async contentLoaded({ content, actions }) {
      await actions.createData('course.json', JSON.stringify(content));
      const titles = content.flatMap(({ lessons }) => lessons.map(({ id, title }) => [id, title] as const));
      await actions.createData('titles.json', JSON.stringify(Object.fromEntries(titles)));
    },
  };
}
