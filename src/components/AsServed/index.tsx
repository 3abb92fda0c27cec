import { lazy, Suspense, useEffect, useRef, useState, type ComponentType, type ReactNode } from 'react';

/**
 * For long content that never changes: keeps the HTML that the server put into the page, so that nothing has to be loaded to draw it
 * again. On a page that was reached without a reload there is none; then `load` brings what draws it. A widget has its `served.tsx` for
 * the server and its `servedInPage.ts` for the browser (src/plugins/bundling.ts), and both put one <div> around it.
 */
export function asServed<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>): ComponentType<Props> {
  const Drawn = lazy(load) as unknown as ComponentType<Props>;
  return function AsServed(props: Props): ReactNode {
    const place = useRef<HTMLDivElement>(null);
    const [isMissing, setMissing] = useState(false);
    useEffect(() => {
      if (place.current?.innerHTML === '') setMissing(true);
    }, []);
    if (isMissing)
      return (
        <div>
          <Suspense fallback={null}>
            <Drawn {...props} />
          </Suspense>
        </div>
      );
    return <div ref={place} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: '' }} />;
  };
}
