import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import { FilesView } from '../Bench/FilesView';
import MapFigure from '../ClusterMap/MapFigure';
import Exam from '../Exam';
import Goal from '../Goal';
import RulesFigure from '../Rules/RulesFigure';
import TerminalFigure from '../Terminal/TerminalFigure';
import Timeline from '../Timeline';
import type { EmbedPage } from './parameters';
import { widgetNamed } from './widgets';

interface View {
  label(page: EmbedPage): string;
  Panel(props: { page: EmbedPage }): ReactNode;
}

/** What an embed can show; an embed's page says which of them it has. */
export const views: Readonly<Record<string, View>> = {
  widget: {
    label: ({ widget }) => widget ?? '',
    Panel({ page }) {
      const { Widget, props } = widgetNamed(page.widget ?? '')!;
      return <Widget {...props} />;
    },
  },
  map: {
    label: () => translate({ id: 'widget.bench.map', message: '지도' }),
    Panel: () => <MapFigure />,
  },
  terminal: {
    label: () => translate({ id: 'widget.terminal.name', message: '터미널' }),
    Panel: () => <TerminalFigure />,
  },
  goals: {
    label: () => translate({ id: 'widget.embed.goals', message: '목표' }),
    Panel: ({ page }) => page.goals.map((id) => <Goal key={id} id={id} />),
  },
  exam: {
    label: () => translate({ id: 'widget.exam.name', message: '시험' }),
    Panel: () => <Exam />,
  },
  manifest: {
    label: () => translate({ id: 'widget.bench.manifest', message: '매니페스트' }),
    Panel: FilesView,
  },
  rules: {
    label: () => translate({ id: 'widget.rules.name', message: '규칙' }),
    Panel: () => <RulesFigure />,
  },
  timeline: {
    label: () => translate({ id: 'widget.timeline.name', message: '타임라인' }),
    Panel: () => <Timeline />,
  },
};

/** Widgets that stand by themselves: no cluster behind them, or a terminal already. */
const ALONE = new Set(['Glossary', 'Misconceptions', 'NotSimulated', 'Quiz', 'Terminal']);

/** The views of an embed, the first one first. */
export function viewsOf({ widget, scenario, goals }: Pick<EmbedPage, 'widget' | 'scenario' | 'goals'>): string[] {
  if (widget !== undefined) return ALONE.has(widget) ? ['widget'] : ['widget', 'terminal'];
  if (scenario === 'exam') return ['exam', 'map', 'terminal', 'manifest', 'rules', 'timeline'];
  return ['map', 'terminal', ...(goals.length > 0 ? ['goals'] : []), 'manifest', 'rules', 'timeline'];
}
