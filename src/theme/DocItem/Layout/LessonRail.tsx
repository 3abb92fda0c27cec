import Link from '@docusaurus/Link';
import { useDoc, useDocsSidebar } from '@docusaurus/plugin-content-docs/client';
import { translate } from '@docusaurus/Translate';
import TOCItems from '@theme/TOCItems';
import type { ReactNode } from 'react';

/** The course in reading order; under the lesson that is open, its headings. */
export default function LessonRail(): ReactNode {
  const sidebar = useDocsSidebar();
  const { metadata, toc } = useDoc();
  if (!sidebar) return null;
  return (
    <nav className="rail" aria-label={translate({ id: 'site.rail.label', message: '레슨 목록' })}>
      <ol className="rail__lessons">
        {sidebar.items.map((item) => {
          if (item.type !== 'link') return null;
          const open = item.docId === metadata.id;
          return (
            <li key={item.href}>
              <Link className="rail__lesson" to={item.href} aria-current={open ? 'page' : undefined}>
                {item.label}
              </Link>
              {open && toc.length > 0 && (
                <TOCItems
                  toc={toc}
                  className="rail__headings"
                  linkClassName="rail__heading"
                  linkActiveClassName="rail__heading--active"
                />
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
