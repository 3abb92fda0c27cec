import ClusterMap from '@site/src/components/ClusterMap';
import Goal from '@site/src/components/Goal';
import Manifest from '@site/src/components/Manifest';
import PacketSteps from '@site/src/components/PacketSteps';
import Predict from '@site/src/components/Predict';
import Quiz from '@site/src/components/Quiz';
import ServiceTable from '@site/src/components/ServiceTable';
import Terminal from '@site/src/components/Terminal';
import MDXComponents from '@theme-original/MDXComponents';

/** What a lesson may use; src/plugins/only-widgets.ts refuses imports in lessons. */
export default { ...MDXComponents, ClusterMap, Goal, Manifest, PacketSteps, Predict, Quiz, ServiceTable, Terminal };
