import { translate } from '@docusaurus/Translate';
import Progress from '@site/src/components/Progress';
import Layout from '@theme/Layout';
import type { ReactNode } from 'react';

export default function ProgressPage(): ReactNode {
  return (
    <Layout
      title={translate({ id: 'progress.title', message: '진도' })}
      description={translate({
        id: 'progress.description',
        message: '이룬 목표를 보고 인쇄하고, 파일로 옮기고, 팀의 진도를 표로 모은다.',
      })}
    >
      <Progress />
    </Layout>
  );
}
