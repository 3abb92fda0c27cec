import type { SidebarsConfig } from '@docusaurus/plugin-content-docs';

/** The course in the order it is read. */
const sidebars: SidebarsConfig = {
  course: ['why-services', 'clusterip', 'nodeport', 'loadbalancer'],
};

export default sidebars;
