import type { ComponentProps, ReactNode } from 'react';

/** Inline code; fenced blocks come through `Pre` with their markup already made. */
export default function Code(props: ComponentProps<'code'>): ReactNode {
  return <code translate="no" {...props} />;
}
