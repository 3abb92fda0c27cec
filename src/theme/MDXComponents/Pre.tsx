import type { ReactNode } from 'react';
import CodeFrame from '@site/src/theme/CodeBlock/CodeFrame';

interface Props {
  'data-html'?: string;
  'data-code'?: string;
  'data-lang'?: string;
  title?: string;
}

/** A fenced code block, highlighted when the site was built (src/plugins/rehype-shiki.ts). */
export default function Pre(props: Props): ReactNode {
  return (
    <CodeFrame
      html={props['data-html'] ?? ''}
      text={props['data-code'] ?? ''}
      lang={props['data-lang'] ?? 'text'}
      title={props.title}
    />
  );
}
