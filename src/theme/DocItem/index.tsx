import ExamLab from '@site/src/components/Exam/ExamLab';
import LabProvider from '@site/src/components/LabProvider';
import type { Props } from '@theme/DocItem';
import DocItem from '@theme-original/DocItem';
import type { ReactNode } from 'react';

/** A lesson whose front matter names a lab (`lab: nodeport`) runs all of its figures on that one cluster. */
export default function LessonItem(props: Props): ReactNode {
  const { lab } = props.content.frontMatter as { lab?: string };
  const lesson = <DocItem {...props} />;
  if (lab === 'exam') return <ExamLab>{lesson}</ExamLab>;
  return lab ? (
    <LabProvider scenario={lab} bench>
      {lesson}
    </LabProvider>
  ) : (
    lesson
  );
}
