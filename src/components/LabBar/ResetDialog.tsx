import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import type { Lab } from '../../lab/types';
import Asked from '../Dialog/Asked';

/** Asks before everything done in this lab is forgotten: that cannot be undone. */
export default function ResetDialog({ lab, onClose }: { lab: Lab; onClose: () => void }): ReactNode {
  return (
    <Asked
      title={translate({ id: 'widget.lab.resetTitle', message: '실습을 처음 상태로 되돌릴까?' })}
      text={translate({
        id: 'widget.lab.resetText',
        message:
          '클러스터, 파일, 터미널이 레슨의 처음 상태로 돌아간다. 이 실습에서 한 일은 지워지고 되살릴 수 없다. 예측과 퀴즈의 답, 이룬 목표의 기록은 남는다.',
      })}
      act={translate({ id: 'widget.lab.resetYes', message: '처음부터 시작한다' })}
      onAct={() => lab.reset()}
      onClose={onClose}
    />
  );
}
