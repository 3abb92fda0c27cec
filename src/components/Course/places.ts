import parts from '@generated/course/default/course.json';

/** Those of some places in the course whose lesson is written. */
export function writtenPlaces(places: readonly { lesson: string; anchor: string }[]): { to: string; title: string }[] {
  const lessons = parts.flatMap((part) => part.lessons);
  return places.flatMap(({ lesson, anchor }) => {
    const written = lessons.find(({ id }) => id === lesson);
    return written ? [{ to: `/learn/${lesson}/#${anchor}`, title: written.title }] : [];
  });
}
