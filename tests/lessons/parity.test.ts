import { describe, expect, it } from 'vitest';
import { lessonPaths, readLesson, type Lesson } from './mdx';

/** A property that holds prose differs between the languages; names, numbers and identifiers do not. */
const isProse = (value: string) => /[\u3131-\ud7a3]/.test(value);

function structure(lesson: Lesson, other: Lesson) {
  return {
    frontMatter: { keys: Object.keys(lesson.frontMatter).sort(), id: lesson.frontMatter.id, lab: lesson.frontMatter.lab },
    headings: lesson.headings,
    code: lesson.code.map(({ language, text }) => ({
      language,
      text: text.replace(/(^|\s)#\s.*$/gm, '').replace(/[ \t]+$/gm, ''),
    })),
    widgets: lesson.widgets.map(({ name, props }, index) => ({
      name,
      props: Object.entries(props).map(([key, value]) => [
        key,
        isProse(value + (other.widgets[index]?.props[key] ?? '')) ? 'prose' : value,
      ]),
    })),
  };
}

describe('Korean and English lessons', () => {
  it('are the same files', () => expect(lessonPaths('en')).toEqual(lessonPaths('ko')));

  it.each(lessonPaths('ko').filter((path) => lessonPaths('en').includes(path)))(
    '%s has the same headings, anchors, code and widgets',
    (path) => {
      const ko = readLesson('ko', path);
      const en = readLesson('en', path);
      expect(structure(en, ko)).toEqual(structure(ko, en));
      for (const { level, anchor } of ko.headings)
        if (level > 1) expect(anchor, `a heading of ${path} has no anchor of its own`).toBeDefined();
    },
  );
});
