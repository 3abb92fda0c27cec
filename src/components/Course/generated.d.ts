declare module '@generated/course/default/course.json' {
  import type { CoursePart } from '@site/src/plugins/course';
  const parts: readonly CoursePart[];
  export default parts;
}

declare module '@generated/course/default/titles.json' {
  const titles: Readonly<Record<string, string>>;
  export default titles;
}
