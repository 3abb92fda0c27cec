import type { Scenario } from '../types';
import { accessWaysFiles, accessWaysTasks, draft } from './access-ways-tasks';
import { clientPod, testDeployment } from './manifests';

/** The ways to a Service, and what each of them is: DNS, environment variables, node ports, port-forward. */
export const accessWays: Scenario = {
  name: 'access-ways',
  cloud: 'none',
  manifests: [testDeployment(8080), clientPod, draft],
  files: accessWaysFiles,
  goals: accessWaysTasks,
};
