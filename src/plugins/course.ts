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
  /** The scenario of its lab; undefined for a page without a cluster. */
  lab?: string;
  /** The ids of its goals, in the order of the page. */
  goals: string[];
}

/** A part of the course in the language of the page. */
export interface CoursePart {
  id: string;
  label: string;
  lessons: CourseLesson[];
}

async function readLesson(folder: string, id: string): Promise<CourseLesson> {
  const filePath = path.join(folder, `${id}.mdx`);
  const { frontMatter, content } = await DEFAULT_PARSE_FRONT_MATTER({ filePath, fileContent: readFileSync(filePath, 'utf8') });
  const { title, description, lab } = frontMatter as Partial<Record<string, string>>;
  if (!title || !description) throw new Error(`${filePath}: the front matter lacks a title or a description`);
  const goals = [...content.matchAll(/^<Goal id="([^"]+)"/gm)].map(([, goal = '']) => goal);
  // An exam counts once, whatever its seed: when all of its tasks are right (components/Exam).
  if (/^<Exam /m.test(content)) goals.push('passed');
  return { id, title, description, ...(lab && { lab }), goals };
}

/** The written parts of the course in one language, with what each lesson's front matter says. @param siteDir where docs/ and i18n/ are */
export function readCourse(siteDir: string, language: 'ko' | 'en'): Promise<CoursePart[]> {
  const folder = lessonsOf(siteDir, language);
  return Promise.all(
    parts.map(async ({ id, label, lessons }) => ({
      id,
      label: label[language],
      lessons: await Promise.all(lessons.map((lesson) => readLesson(folder, lesson))),
    })),
  );
}

const lessonsOf = (siteDir: string, language: 'ko' | 'en'): string =>
  path.join(siteDir, language === 'en' ? 'i18n/en/docusaurus-plugin-content-docs/current' : 'docs');

/** Makes the list of lessons a file of its own, with what each lesson's front matter says, in the language that is built. */
export default function course({ siteDir, i18n }: LoadContext): Plugin<CoursePart[]> {
  const language = i18n.currentLocale === 'en' ? 'en' : 'ko';
  return {
    name: 'course',
    getPathsToWatch: () => [`${lessonsOf(siteDir, language)}/*.mdx`],
    loadContent: () => readCourse(siteDir, language),
    async contentLoaded({ content, actions }) {
      await actions.createData('course.json', JSON.stringify(content));
      const titles = content.flatMap(({ lessons }) => lessons.map(({ id, title }) => [id, title] as const));
      await actions.createData('titles.json', JSON.stringify(Object.fromEntries(titles)));
    },
  };
}
