import { Fragment, type ReactNode } from 'react';

/** Stands in for Docusaurus's translations in unit tests: the default (Korean) messages with their values. */
export function translate(
  { message = '', id = '' }: { message?: string; id?: string },
  values: Record<string, string> = {},
): string {
  return (message || id).replace(/\{(\w+)\}/g, (all, name: string) => values[name] ?? all);
}

/** The same as an element: values may be elements too. */
export default function Translate({
  children,
  values = {},
}: {
  children?: ReactNode;
  values?: Record<string, ReactNode>;
}): ReactNode {
  if (typeof children !== 'string') return children;
  return children
    .split(/\{(\w+)\}/)
    .map((part, index) => <Fragment key={index}>{index % 2 === 1 ? values[part] : part}</Fragment>);
}
