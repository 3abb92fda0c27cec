import { useEffect, useRef, type ReactNode } from 'react';
import { useLabContext } from '../LabProvider/context';
import type { FirstPacket } from './firstPacket';

/** What the server drew, by scenario and packet. */
const drawn = new Map<string, string>();

/** Keeps the picture that the server put into the page. Empty on a page that was reached without a reload: its lab comes soon. */
export function StillPicture({ packet }: { packet?: FirstPacket }): ReactNode {
  const { scenarioName } = useLabContext();
  const place = useRef<HTMLDivElement>(null);
  const key = `${scenarioName} ${packet?.address ?? ''}`;
  useEffect(() => {
    const markup = place.current?.innerHTML;
    if (markup && !drawn.has(key)) drawn.set(key, markup);
  }, [key]);
  // React leaves the markup that it finds alone; when the picture is put up again, it is what was found.
  return <div ref={place} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: drawn.get(key) ?? '' }} />;
}
