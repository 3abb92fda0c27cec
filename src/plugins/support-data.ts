import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { LoadContext, Plugin } from '@docusaurus/types';
import { RESOURCES } from '../cluster/apiserver/resources';
import { serviceFieldSupport } from '../cluster/apiserver/resources/service/support';
import { unservedKinds } from '../cluster/apiserver/unserved';
import { imageSupport } from '../cluster/kubelet/images';
import { commandSupport, globalFlagSupport } from '../kubectl/support';
import { programSupport, textTools } from '../shell/programs/support';
import { tutorials } from '../../tests/tutorials/tutorial';

interface KindSupport {
  kind: string;
  /** `v1` or `apps/v1`. */
  version: string;
  shortNames: string[];
  runs: boolean;
  /** A real server keeps objects of it; reviews and bindings are only answered. */
  isKept: boolean;
}

/** What an oracle counted when it was last asked, and the command that asks it. */
interface OracleResult {
  passed: number;
  failed: number;
  date: string;
  command: string;
}

function kinds(): KindSupport[] {
  const line =
    (runs: boolean) => (each: { kind: string; group: string; version: string; shortNames?: string[]; verbs?: string[] }) => ({
      kind: each.kind,
      version: each.group === '' ? each.version : `${each.group}/${each.version}`,
      shortNames: each.shortNames ?? [],
      runs,
      isKept: each.verbs?.includes('list') ?? true,
    });
  return [...RESOURCES.map(line(true)), ...unservedKinds().map(line(false))];
}

/** Commands of the official tutorials that are answered with "this simulator does not ...". */
function notInTutorials(): { page: string; command: string }[] {
  return tutorials.flatMap(({ page, steps }) =>
    steps.flatMap(({ run, notSimulated }) => (notSimulated === undefined ? [] : [{ page, command: run }])),
  );
}

/** Everything that the code says of itself. @param siteDir where results of the oracles are looked for */
export function read(siteDir: string) {
  const file = path.join(siteDir, 'tests/oracles/results.json');
  const oracles = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, OracleResult>) : {};
  return {
    oracles: Object.entries(oracles).map(([name, result]) => ({ name, ...result })),
    notInTutorials: notInTutorials(),
    commands: commandSupport(),
    globalFlags: globalFlagSupport(),
    kinds: kinds(),
    serviceFields: serviceFieldSupport(),
    programs: programSupport(),
    textTools: textTools(),
    images: imageSupport(),
  };
}

/** A flag that more commands than these lack is named without them. */
const FEW = 3;

/** Flags that commands lack, `kubectl wait --local`; those of commands that are not there at all are left out. */
function missingFlags(commands: SupportData['commands']): string[] {
  const lacking = new Map<string, string[]>();
  for (const { path: command, support, flags } of commands) {
    if (support !== 'simulated') continue;
    for (const flag of flags) {
      if (flag.support === 'not simulated') lacking.set(flag.name, [...(lacking.get(flag.name) ?? []), command]);
    }
  }
  return [...lacking].flatMap(([name, by]) => (by.length > FEW ? [`--${name}`] : by.map((command) => `${command} --${name}`)));
}

/** Kinds of which there is no object in any version, by their version. */
function missingKinds(kinds: SupportData['kinds']): { version: string; kinds: string[] }[] {
  const running = new Set(kinds.flatMap(({ kind, runs }) => (runs ? [kind] : [])));
  const versions = new Map<string, string[]>();
  for (const { kind, version, isKept } of kinds) {
    if (isKept && !running.has(kind)) versions.set(version, [...(versions.get(version) ?? []), kind]);
  }
  return [...versions].map(([version, names]) => ({ version, kinds: names }));
}

/** Of what the page on support shows, what a real cluster would do and this one does not. */
export function missing({ commands, kinds, serviceFields }: SupportData) {
  return {
    commands: commands.flatMap(({ path: command, support }) => (support === 'simulated' ? [] : [command])),
    flags: missingFlags(commands),
    fields: serviceFields.flatMap(({ field, support }) => (support === 'simulated' ? [] : [field])),
    kinds: missingKinds(kinds),
  };
}

/** What the page on limits lists. */
export type MissingData = ReturnType<typeof missing>;

/** What the page on support shows: read from the code's own tags when the site is built. */
export type SupportData = ReturnType<typeof read>;

/** Adds that page, and makes what is missing a file of its own. */
export default function supportData({ siteDir, baseUrl }: LoadContext): Plugin<SupportData> {
  return {
    name: 'support-data',
    loadContent: () => read(siteDir),
    async contentLoaded({ content, actions }) {
      const data = await actions.createData('support.json', JSON.stringify(content));
      await actions.createData('missing.json', JSON.stringify(missing(content)));
      actions.addRoute({ path: `${baseUrl}support/`, component: '@site/src/components/Support', modules: { data }, exact: true });
    },
  };
}
