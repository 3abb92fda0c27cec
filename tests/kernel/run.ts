import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import type { ProxyMode } from '../../src/cluster/network';
import { type Flow, describe, flowsOf, observe, predict } from './flows';
import { generate, sample } from './generate';
import { prepareHost } from './host';
import { Kernel } from './kernel';
import { comparePrograms } from './programs';
import { type Scenario, loadRules, machinesOf, setUp, simulate } from './scenario';
import { checkShares } from './shares';
import { TABLES } from './tables';
import { kernelTrace, simulatorTrace } from './traces';

const usage = `usage: npm run test:kernel -- [--seed S] [--flows N] [--only TEXT] [--no-tables] [--report FILE]
Compares what connections come to in the simulator with what the Linux kernel of this machine makes of them, under the same rules.
`;

const MODES: readonly ProxyMode[] = ['iptables', 'nftables'];
/** Random flows of one scenario and mode. */
const FLOWS_A_SCENARIO = 30;
/** Failures whose traces are printed. */
const TRACED = 5;
/** ms after which no further scenario is begun. */
const TIME_LIMIT = 3_600_000;

const total = { passed: 0, failed: 0 };

/** One scenario in one mode: all flows, or as many of them as said. Returns how many flows were compared. */
async function check(kernel: Kernel, scenario: Scenario, mode: ProxyMode, choose: (all: Flow[]) => Flow[]): Promise<number> {
  const cluster = simulate(scenario, mode);
  const machines = machinesOf(scenario, cluster);
  const machineOf = (from: string) => machines.get(from.replace('pod:default/', '')) ?? from.replace('node:', '');
  await setUp(kernel, scenario, cluster, machines);
  loadRules(kernel, cluster, mode);
  const flows = choose(flowsOf(scenario, cluster));
  // Flows of a client with affinity come one after another: side by side, two of them could each get an endpoint of its own.
  const turns = new Map<string, Promise<unknown>>();
  const compared = await Promise.all(
    flows.map(async (flow) => {
      const turn = (flow.sticky && turns.get(flow.from)) || Promise.resolve();
      const predicted = predict(cluster, flow);
      const observed = turn.then(() => observe(kernel, flow, machineOf(flow.from), predicted));
      if (flow.sticky) turns.set(flow.from, observed);
      return { flow, ...(await observed) };
    }),
  );
  for (const { flow, predicted, seen, agrees } of compared) {
    if (agrees) {
      total.passed++;
      continue;
    }
    total.failed++;
    const list = (outcomes: ReadonlySet<string>) => [...outcomes].sort().join(' | ');
    console.log(`${scenario.name}, ${mode}: ${describe(flow)}\n  simulator: ${list(predicted)}\n  kernel:    ${list(seen)}`);
    if (total.failed > TRACED) continue;
    console.log(simulatorTrace(cluster, flow));
    console.log(await kernelTrace(kernel, flow, machineOf(flow.from), mode));
  }
  return flows.length;
}

/** Each of n endpoints gets about 1/n of the connections, here and there. */
async function shares(kernel: Kernel, scenario: Scenario): Promise<void> {
  for (const mode of MODES) {
    const cluster = simulate(scenario, mode);
    await setUp(kernel, scenario, cluster, machinesOf(scenario, cluster));
    loadRules(kernel, cluster, mode);
    const { text, agrees } = await checkShares(kernel, cluster, scenario);
    if (agrees) total.passed++;
    else total.failed++;
    console.log(`${scenario.name}, ${mode}: shares of connections: ${text}`);
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      flows: { type: 'string', default: '500' },
      only: { type: 'string' },
      'no-tables': { type: 'boolean' },
      report: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    process.stderr.write(usage);
    return 2;
  }
  const started = Date.now();
  prepareHost();
  const kernel = new Kernel();
  try {
    const seed = Number(values.seed);
    const wanted = Number(values.flows);
    if (!values['no-tables'] && values.only === undefined) {
      const { passed, failed } = comparePrograms();
      console.log(`programs: ${passed} commands print the same, ${failed} do not`);
      total.passed += passed;
      total.failed += failed;
    }
    if (!values['no-tables']) {
      for (const table of TABLES) {
        if (values.only !== undefined && !table.name.includes(values.only)) continue;
        for (const mode of MODES) await check(kernel, table, mode, (all) => all);
        if (table === TABLES[0]) await shares(kernel, table);
      }
      console.log(`tables: ${total.passed} flows agree, ${total.failed} do not (${Math.round((Date.now() - started) / 1000)} s)`);
    }
    let done = 0;
    for (let i = 0; done < wanted && Date.now() - started < TIME_LIMIT; i++) {
      const scenario = generate(seed * 100_000 + i);
      if (values.only !== undefined && scenario.name !== values.only) continue;
      for (const mode of MODES)
        done += await check(kernel, scenario, mode, (all) => sample(seed + i, all, Math.min(FLOWS_A_SCENARIO, wanted - done)));
    }
    console.log(`random: ${done} flows from seed ${seed}`);
  } finally {
    kernel.stop();
  }
  console.log(`kernel: ${total.passed} passed, ${total.failed} failed (${Math.round((Date.now() - started) / 1000)} s)`);
  if (values.report !== undefined) {
    mkdirSync(dirname(values.report), { recursive: true });
    writeFileSync(values.report, JSON.stringify(total));
  }
  return total.failed === 0 ? 0 : 1;
}

main().then(
  (status) => (process.exitCode = status),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
