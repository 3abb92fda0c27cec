import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Cluster } from '../cluster/cluster';
import { getScenario, scenarios } from '../lab/scenarios';
import { startCluster } from '../lab/startcluster';
import { kubeconfig } from './apiserver/kubeconfig';
import { serveApi } from './apiserver/server';

const usage = `usage: npm run apiserver -- [--scenario NAME] [--port N] [--kubeconfig FILE]
scenarios: ${scenarios.map(({ name }) => name).join(', ')}
`;

/** How often virtual time catches up with real time, ms. */
const TICK = 50;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      scenario: { type: 'string' },
      port: { type: 'string', default: '0' },
      kubeconfig: { type: 'string', default: 'node_modules/.cache/apiserver/kubeconfig' },
      help: { type: 'boolean' },
    },
  });
  const port = Number(values.port);
  if (values.help || !Number.isInteger(port) || port < 0 || port > 65535) {
    process.stderr.write(usage);
    return 2;
  }
  const cluster = values.scenario === undefined ? new Cluster() : startCluster(getScenario(values.scenario));
  cluster.settle();

  const server = await serveApi(cluster, port);
  const file = resolve(values.kubeconfig);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, kubeconfig(server.address), { mode: 0o600 });
  process.stdout.write(`serving a simulated cluster at ${server.address}\nexport KUBECONFIG=${file}\n`);

  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    cluster.advance(Math.round(now - last));
    last = now;
  }, TICK);
  await new Promise<void>((end) => {
    process.once('SIGINT', end);
    process.once('SIGTERM', end);
  });
  clearInterval(timer);
  await server.close();
  return 0;
}

main().then(
  (exit) => (process.exitCode = exit),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
