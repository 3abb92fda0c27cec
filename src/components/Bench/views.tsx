import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import MapFigure from '../ClusterMap/MapFigure';
import RulesFigure from '../Rules/RulesFigure';
import Compare from '../Compare';
import Timeline from '../Timeline';
import { FilesView } from './FilesView';

export interface View {
  id: string;
  /** The part of the bench that a cue names. */
  label(): string;
  Panel(): ReactNode;
}

/** What the upper half of the bench can show, in the order of its tabs: another view is another entry. */
export const views: readonly View[] = [
  {
    id: 'map',
    label: () => translate({ id: 'widget.bench.map', message: '지도' }),
    Panel: () => <MapFigure inBench />,
  },
  {
    id: 'manifest',
    label: () => translate({ id: 'widget.bench.manifest', message: '매니페스트' }),
    Panel: FilesView,
  },
  {
    id: 'rules',
    label: () => translate({ id: 'widget.rules.name', message: '규칙' }),
    Panel: () => <RulesFigure inBench />,
  },
  {
    id: 'timeline',
    label: () => translate({ id: 'widget.timeline.name', message: '타임라인' }),
    Panel: () => <Timeline inBench />,
  },
  {
    id: 'compare',
    label: () => translate({ id: 'widget.compare.name', message: '비교' }),
    Panel: () => <Compare inBench />,
  },
];
