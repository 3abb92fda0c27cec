import type { Props } from '@theme/DocItem/Layout';
import DocItemContent from '@theme/DocItem/Content';
import DocItemPaginator from '@theme/DocItem/Paginator';
import type { ReactNode } from 'react';
import LessonRail from './LessonRail';

/** A lesson: the course and this page's headings in one rail, prose at its measure, figures as wide as the page allows. */
export default function LessonLayout({ children }: Props): ReactNode {
  return (
    <div className="lesson">
      <LessonRail />
      <div className="lesson__page">
        <article>
          <DocItemContent>{children}</DocItemContent>
        </article>
        <DocItemPaginator />
      </div>
    </div>
  );
}
