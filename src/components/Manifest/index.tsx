import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import Cue from '../Prose/Cue';
import InProse from '../Prose/InProse';
import ManifestFigure from './ManifestFigure';

/** An editor on a file of the lab, with a button that applies it. */
export default function Manifest({ file }: { file: string }): ReactNode {
  return (
    <InProse
      cue={
        <Cue
          part="manifest"
          shows={{ view: 'manifest', file }}
          label={translate({ id: 'widget.manifest.cue', message: '편집기에서 연다' })}
          code={file}
        />
      }
    >
      <ManifestFigure file={file} />
    </InProse>
  );
}
