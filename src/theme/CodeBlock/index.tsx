import { Children, type ReactNode } from 'react';
import CodeFrame from './CodeFrame';

interface Props {
  children?: ReactNode;
  language?: string;
  title?: string;
}

/** The theme's code block without a highlighter, for code that is not in MDX. */
export default function CodeBlock({ children, language = 'text', title }: Props): ReactNode {
  const text = Children.toArray(children)
    .filter((child) => typeof child === 'string')
    .join('');
  return <CodeFrame text={text} lang={language} title={title} />;
}
