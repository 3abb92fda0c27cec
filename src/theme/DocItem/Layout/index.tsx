import Bench from '@site/src/components/Bench';
import type { Props } from '@theme/DocItem/Layout';
import DocItemContent from '@theme/DocItem/Content';
import DocItemPaginator from '@theme/DocItem/Paginator';
import { useDoc } from '@docusaurus/plugin-content-docs/client';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import LessonRail from './LessonRail';

/**
 * A lesson: the course and this page's headings in one rail, prose at its measure, figures as wide as the page allows. A lesson with a
 * lab has a bench: on wide screens its figures stand there, beside the prose.
 */
export default function LessonLayout({ children }: Props): ReactNode {
  const { lab } = useDoc().frontMatter as { lab?: string };
  return (
    <div className={clsx('lesson', lab && 'with-bench')}>
      <LessonRail />
      <div className="lesson__page">
        <article>
          <DocItemContent>{children}</DocItemContent>
        </article>
        <DocItemPaginator />
      </div>
      {lab && <Bench />}
    </div>
  );
}
