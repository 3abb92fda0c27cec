import type { ComponentType } from 'react';
import { examples, type WidgetName } from '../Catalogue/examples';
import ClusterMap from '../ClusterMap';
import Exam from '../Exam';
import Glossary from '../Glossary';
import Goal from '../Goal';
import Ladder from '../Ladder';
import Manifest from '../Manifest';
import Misconceptions from '../Misconceptions';
import NotSimulated from '../NotSimulated';
import PacketSteps from '../PacketSteps';
import Ports from '../Ports';
import Predict from '../Predict';
import Predicted from '../Predicted';
import Quiz from '../Quiz';
import Rules from '../Rules';
import ServiceTable from '../ServiceTable';
import Terminal from '../Terminal';

/** The same as src/theme/MDXComponents registers, without Markdown's own elements and the theme around them. */
const widgets: Record<WidgetName, unknown> = {
  ClusterMap,
  Exam,
  Glossary,
  Goal,
  Ladder,
  Manifest,
  Misconceptions,
  NotSimulated,
  PacketSteps,
  Ports,
  Predict,
  Predicted,
  Quiz,
  Rules,
  ServiceTable,
  Terminal,
};

/** A widget and the props that the catalogue's example of it has; undefined when no widget has that name. */
export function widgetNamed(name: string): { Widget: ComponentType<object>; props: object } | undefined {
  if (!Object.hasOwn(widgets, name)) return undefined;
  const known = name as WidgetName;
  return { Widget: widgets[known] as ComponentType<object>, props: examples[known].props() };
}
