import type { Json } from '../../cluster/apimachinery/object';
import type { Command } from '../command';
import { groupVersion, qualified, type Mapping } from '../discovery';
import { KubectlError, usageError } from '../errors';
import { flag } from '../flags';
import { goJson } from '../../cluster/apimachinery/gojson';
import { TabWriter } from '../printers/tabwriter';
import type { Session } from '../session';
import type { Suspend } from '../types';
import { printKyaml } from '../printers/kyaml';
import { printYaml } from '../yaml/print';

export const apiResources: Command = {
  name: 'api-resources',
  short: 'Print the supported API resources on the server',
  flags: [
    flag('api-group', 'string', 'Only of this group.'),
    flag('cached', 'bool', 'Use the cache.', { support: 'ignored' }),
    flag('categories', 'list', 'Only of these categories.'),
    flag('namespaced', 'bool', 'Only with (or, =false, without) namespaces.', { default: 'true' }),
    flag('no-headers', 'bool', 'No line with the names of columns.'),
    flag('output', 'string', 'wide, name, json, yaml, kyaml.', { short: 'o' }),
    flag('show-managed-fields', 'bool', 'Keep managedFields.', { support: 'ignored' }),
    flag('sort-by', 'string', 'name or kind.'),
    flag('verbs', 'list', 'Only with these verbs.'),
  ],
  *run({ session, flags, args, path }): Generator<Suspend, void, void> {
    if (args.length > 0) throw usageError(path, `unexpected arguments: [${args.join(' ')}]`);
    const output = flags.string('output');
    if (!['', 'wide', 'name', 'json', 'yaml', 'kyaml'].includes(output)) {
      throw new KubectlError(
        `unable to match a printer suitable for the output format ${JSON.stringify(output)}, allowed formats are: json,kyaml,name,wide,yaml`,
      );
    }
    const sortBy = flags.string('sort-by');
    if (sortBy !== '' && sortBy !== 'name' && sortBy !== 'kind') throw new KubectlError('--sort-by accepts only name or kind');
    const listed = session.discovery.mappings
      .filter((mapping) => !flags.has('api-group') || mapping.group === flags.string('api-group'))
      .filter((mapping) => !flags.has('namespaced') || mapping.namespaced === flags.boolean('namespaced'))
      .filter((mapping) => flags.list('verbs').every((verb) => mapping.verbs.includes(verb)))
      .filter((mapping) => flags.list('categories').every((category) => mapping.categories.includes(category)))
      .sort((a, b) => order(a, b, sortBy));
    session.out(print(listed, output, flags.boolean('no-headers')));
  },
};

/** Every kind that can be read, as the command lists them. */
export const getable = ({ discovery }: Session): Mapping[] =>
  discovery.mappings.filter(({ verbs }) => verbs.includes('get')).sort((a, b) => order(a, b, ''));

function order(a: Mapping, b: Mapping, sortBy: string): number {
  const key = (mapping: Mapping) =>
    sortBy === 'kind' ? [mapping.kind] : sortBy === 'name' ? [mapping.resource] : [mapping.group, mapping.resource];
  const [x, y] = [key(a), key(b)];
  for (let index = 0; index < x.length; index++) {
    if (x[index] !== y[index]) return (x[index] as string) < (y[index] as string) ? -1 : 1;
  }
  return 0;
}

function print(listed: readonly Mapping[], output: string, noHeaders: boolean): string {
  if (output === 'name') return listed.map((mapping) => `${qualified(mapping)}\n`).join('');
  if (output === 'json') return `${goJson(asList(listed), { indent: 4, sorted: false })}\n`;
  if (output === 'yaml') return printYaml(asList(listed));
  if (output === 'kyaml') return printKyaml(asList(listed));
  const wide = output === 'wide';
  const writer = new TabWriter({ minWidth: 6, padding: 3 });
  const headers = ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND', ...(wide ? ['VERBS', 'CATEGORIES'] : [])];
  if (!noHeaders) writer.write(`${headers.join('\t')}\n`);
  for (const mapping of listed) {
    const extra = wide ? [mapping.verbs.join(','), mapping.categories.join(',')] : [];
    const cells = [
      mapping.resource,
      mapping.shortNames.join(','),
      groupVersion(mapping),
      String(mapping.namespaced),
      mapping.kind,
      ...extra,
    ];
    writer.write(`${cells.join('\t')}\n`);
  }
  return writer.flush();
}

function asList(listed: readonly Mapping[]): Json {
  const resources = listed.map(({ resource, singular, namespaced, group, version, kind, verbs, shortNames, categories }) => ({
    name: resource,
    singularName: singular,
    namespaced,
    ...(group && { group }),
    version,
    kind,
    verbs,
    ...(shortNames.length > 0 && { shortNames }),
    ...(categories.length > 0 && { categories }),
  }));
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: '', resources };
}

export const apiVersions: Command = {
  name: 'api-versions',
  use: '',
  short: 'Print the supported API versions on the server, in the form of "group/version"',
  *run({ session, args, path }): Generator<Suspend, void, void> {
    if (args.length > 0) throw usageError(path, `unexpected arguments: [${args.join(' ')}]`);
    const groups: Json[] = session.get('/apis').groups ?? [];
    const versions = [
      ...(session.get('/api').versions ?? []),
      ...groups.flatMap((group) => group.versions.map((version: Json) => version.groupVersion)),
    ];
    session.out(
      versions
        .sort()
        .map((version) => `${version}\n`)
        .join(''),
    );
  },
};
