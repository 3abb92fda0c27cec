import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createLab } from '../../src/lab';
import { runLine } from '../../src/lab/drive';
import type { CommandResult } from '../../src/shell/types';
import { tutorials, type Step } from './tutorial';

/** `npm run test:tutorials -- [--report FILE] [PART-OF-PAGE]`: prints what a page shows and the lab does not. */
const { values, positionals } = parseArgs({ allowPositionals: true, options: { report: { type: 'string' } } });

/** What is wrong with a step; nothing when all its facts are shown. */
function faults(step: Step, { exit, stdout, stderr }: CommandResult): string[] {
  const printed = stdout + stderr;
  const has = (fact: RegExp | string) => (typeof fact === 'string' ? printed.includes(fact) : fact.test(printed));
  if (step.notSimulated !== undefined) {
    return /this simulator|not simulated/.test(printed) ? [] : ['does not say that this is not simulated'];
  }
  return [
    ...(exit === (step.exit ?? 0) ? [] : [`exit ${exit}`]),
    ...(step.shows ?? []).filter((fact) => !has(fact)).map((fact) => `does not show ${String(fact)}`),
    ...(step.hides ?? []).filter(has).map((fact) => `shows ${String(fact)}`),
  ];
}

let passed = 0;
let failed = 0;
/** Nodes as a cloud makes them: each in a zone. */
const nodes = ['a', 'b', 'c'].map((zone, index) => ({
  name: `node-${index + 1}`,
  internalIP: `192.168.0.${11 + index}`,
  podCIDR: `10.244.${index + 1}.0/24`,
  zone: `zone-${zone}`,
}));

for (const { page, cloud = 'openstack', files, steps } of tutorials.filter((one) =>
  positionals.every((part) => one.page.includes(part)),
)) {
  const lab = createLab({ name: page, cloud, nodes, addons: true, manifests: [], files: { ...files }, goals: [] });
  for (const step of steps) {
    const result = await runLine(lab, step.run);
    const wrong = faults(step, result);
    if (wrong.length === 0) passed++;
    else {
      failed++;
      process.stdout.write(`[${page}] ${step.id} ${step.run}\n${wrong.map((fault) => `  ${fault}\n`).join('')}`);
      process.stdout.write((result.stdout + result.stderr).replace(/^(?=.)/gm, '    | '));
    }
  }
  lab.dispose();
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
if (values.report) writeFileSync(values.report, JSON.stringify({ passed, failed }));
process.exitCode = failed > 0 ? 1 : 0;
