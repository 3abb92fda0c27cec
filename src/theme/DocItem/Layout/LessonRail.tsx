import Link from '@docusaurus/Link';
import { useDoc, useDocsSidebar } from '@docusaurus/plugin-content-docs/client';
import { translate } from '@docusaurus/Translate';
import TOCItems from '@theme/TOCItems';
import { useEffect, useRef, useState, type ReactNode } from 'react';

/** The parts of the course in reading order; under the lesson that is open, its headings. */
export default function LessonRail(): ReactNode {
  const sidebar = useDocsSidebar();
  const { metadata, toc } = useDoc();
  const rail = useRef<HTMLElement>(null);
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    if (!opened) return undefined;
    const leave = (event: Event) => {
      if (event instanceof KeyboardEvent ? event.key === 'Escape' : !rail.current?.contains(event.target as Node))
        setOpened(false);
    };
    for (const event of ['pointerdown', 'focusin', 'keydown']) document.addEventListener(event, leave);
    return () => {
      for (const event of ['pointerdown', 'focusin', 'keydown']) document.removeEventListener(event, leave);
    };
  }, [opened]);
  if (!sidebar) return null;
  return (
    <nav ref={rail} className="rail" data-open={opened} aria-label={translate({ id: 'site.rail.label', message: '레슨 목록' })}>
      {/* Beside a bench the rail shows only its stations (src/css/bench.css). */}
      <button
        type="button"
        className="rail__toggle"
        aria-expanded={opened}
        aria-label={translate({ id: 'site.rail.toggle', message: '레슨과 제목 펼치기' })}
        onClick={() => setOpened(!opened)}
      >
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <path d="M1 3.5h14M1 8h14M1 12.5h14" stroke="currentColor" strokeWidth="1.6" />
        </svg>
      </button>
      {sidebar.items.map((part) => {
        if (part.type !== 'category') return null;
        const holdsOpen = part.items.some((item) => item.type === 'link' && item.docId === metadata.id);
        return (
          <div key={part.label} className="rail__part" data-open={holdsOpen}>
            <p className="rail__label">{part.label}</p>
            <ol className="rail__lessons">
              {part.items.map((item) => {
                if (item.type !== 'link') return null;
                const open = item.docId === metadata.id;
                return (
                  <li key={item.href}>
                    <Link className="rail__lesson" to={item.href} aria-current={open ? 'page' : undefined} title={item.label}>
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
          </div>
        );
      })}
    </nav>
  );
}
