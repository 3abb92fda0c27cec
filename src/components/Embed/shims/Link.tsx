import type { ComponentProps, ReactNode } from 'react';

/** Every embed stands two folders below its language's root: `embed/NAME/`. */
const ROOT = '../../';

/** Stands in for Docusaurus's links in embeds: the site opens beside the page that shows the frame, not in the frame. */
export default function Link({ to, ...rest }: Omit<ComponentProps<'a'>, 'href'> & { to: string }): ReactNode {
  return <a href={to.startsWith('/') ? ROOT + to.slice(1) : to} target="_blank" rel="noopener" {...rest} />;
}
