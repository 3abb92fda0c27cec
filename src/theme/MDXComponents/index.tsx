import ClusterMap from '@site/src/components/ClusterMap';
import Exam from '@site/src/components/Exam';
import Glossary from '@site/src/components/Glossary';
import Goal from '@site/src/components/Goal';
import Ladder from '@site/src/components/Ladder';
import Manifest from '@site/src/components/Manifest';
import Misconceptions from '@site/src/components/Misconceptions';
import NotSimulated from '@site/src/components/NotSimulated';
import PacketSteps from '@site/src/components/PacketSteps';
import Ports from '@site/src/components/Ports';
import Predict from '@site/src/components/Predict';
import Predicted from '@site/src/components/Predicted';
import Quiz from '@site/src/components/Quiz';
import Rules from '@site/src/components/Rules';
import ServiceTable from '@site/src/components/ServiceTable';
import Terminal from '@site/src/components/Terminal';
import A from '@theme/MDXComponents/A';
import Code from '@theme/MDXComponents/Code';
import Heading from '@theme/MDXComponents/Heading';
import Li from '@theme/MDXComponents/Li';
import Pre from '@theme/MDXComponents/Pre';
import Ul from '@theme/MDXComponents/Ul';
import type { ComponentProps } from 'react';

/** What Markdown becomes. The theme's admonitions and diagrams are not among it: lessons do without, and each would weigh. */
const markdown = {
  a: A,
  code: Code,
  pre: Pre,
  ul: Ul,
  li: Li,
  Details: (props: ComponentProps<'details'>) => <details {...props} />,
  h1: (props: ComponentProps<'h1'>) => <Heading as="h1" {...props} />,
  h2: (props: ComponentProps<'h2'>) => <Heading as="h2" {...props} />,
  h3: (props: ComponentProps<'h3'>) => <Heading as="h3" {...props} />,
};

/** What a lesson may use; src/plugins/only-widgets.ts refuses imports in lessons. */
export default {
  ...markdown,
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
