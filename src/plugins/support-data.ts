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
}

/** What an oracle counted when it was last asked, and the command that asks it. */
interface OracleResult {
  passed: number;
  failed: number;
  date: string;
  command: string;
}

function kinds(): KindSupport[] {
  const line = (runs: boolean) => (each: { kind: string; group: string; version: string; shortNames?: string[] }) => ({
    kind: each.kind,
    version: each.group === '' ? each.version : `${each.group}/${each.version}`,
    shortNames: each.shortNames ?? [],
    runs,
  });
  return [...RESOURCES.map(line(true)), ...unservedKinds().map(line(false))];
}

/** Commands of the official tutorials that are answered with "this simulator does not ...". */
function notInTutorials(): { page: string; command: string }[] {
  return tutorials.flatMap(({ page, steps }) =>
    steps.flatMap(({ run, notSimulated }) => (notSimulated === undefined ? [] : [{ page, command: run }])),
  );
}

function read(siteDir: string) {
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

/** What the page on support shows: read from the code's own tags when the site is built. */
export type SupportData = ReturnType<typeof read>;

/** Adds that page. */
export default function supportData({ siteDir, baseUrl }: LoadContext): Plugin<SupportData> {
  return {
    name: 'support-data',
    loadContent: () => read(siteDir),
    async contentLoaded({ content, actions }) {
      const data = await actions.createData('support.json', JSON.stringify(content));
      actions.addRoute({ path: `${baseUrl}support/`, component: '@site/src/components/Support', modules: { data }, exact: true });
    },
  };
}
