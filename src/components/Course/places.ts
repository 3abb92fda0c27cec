import titles from '@generated/course/default/titles.json';

/** Those of some places in the course whose lesson is written. */
export function writtenPlaces(places: readonly { lesson: string; anchor: string }[]): { to: string; title: string }[] {
  return places.flatMap(({ lesson, anchor }) => {
    const title = titles[lesson];
    return title === undefined ? [] : [{ to: `/learn/${lesson}/#${anchor}`, title }];
  });
}
