import type { Props } from '@theme/DocItem';
import DocItem from '@theme-original/DocItem';
import type { ReactNode } from 'react';

/** A lesson whose front matter names a lab runs all of its figures on that one cluster. */
export default function LessonItem(props: Props): ReactNode {
  return <DocItem {...props} />;
}
