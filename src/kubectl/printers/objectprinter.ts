import type { Json } from '../../cluster/apimachinery/object';
import { KubectlError } from '../errors';
import type { FlagValues } from '../flags';
import type { KubectlEnvironment } from '../types';
import { printYaml } from '../yaml/print';
import { CustomColumns } from './customcolumns';
import { goJson } from './gojson';
import { GoTemplate, GoTemplateError } from './gotemplate';
import { goSyntax } from './gosyntax';
import { JsonPath, JsonPathError } from './jsonpath';
import { printKyaml } from './kyaml';

/** Prints objects (or Lists) as -o asks. */
export type ObjectPrinter = (object: Json) => string;

export interface PrinterOptions {
  flags: FlagValues;
  environment: KubectlEnvironment;
  /** `service/` in front of names. */
  nameOf: (object: Json) => string;
  /** Objects come from Go types: JSON keeps their order of fields. */
  typed?: boolean;
  noHeaders?: boolean;
  /** Also allow the table formats in the list of formats of an error. */
  formats?: readonly string[];
}

/** Formats of -o for commands that tell what they did, in the order of their help. */
export const FORMATS = [
  'json',
  'yaml',
  'kyaml',
  'name',
  'go-template',
  'go-template-file',
  'template',
  'templatefile',
  'jsonpath',
  'jsonpath-as-json',
  'jsonpath-file',
];
export const ALL_FORMATS = [...FORMATS, 'custom-columns', 'custom-columns-file', 'wide'];

/** The printer for -o; undefined for the tables. @throws KubectlError for an unknown format */
export function objectPrinter(options: PrinterOptions): ObjectPrinter | undefined {
  const { flags } = options;
  let output = flags.string('output');
  let template = flags.string('template');
  if (output === '' && template !== '') output = 'go-template';
  if (output === '' || output === 'wide') return undefined;
  const equals = output.indexOf('=');
  const format = equals < 0 ? output : output.slice(0, equals);
  if (equals >= 0) template = output.slice(equals + 1);
  const formats = options.formats ?? FORMATS;
  const unknown = () =>
    new KubectlError(
      `unable to match a printer suitable for the output format "${format}", allowed formats are: ${[...formats].sort().join(',')}`,
    );
  if (!formats.includes(format)) throw unknown();
  const keep = flags.boolean('show-managed-fields');
  switch (format) {
    case 'json':
      return (object) => `${goJson(keep ? object : withoutManagedFields(object), { indent: 4, sorted: !options.typed })}\n`;
    case 'yaml':
      return yamlStream((object) => printYaml(keep ? object : withoutManagedFields(object)));
    case 'kyaml':
      return (object) => printKyaml(keep ? object : withoutManagedFields(object));
    case 'name':
      return (object) =>
        items(object)
          .map((item) => `${options.nameOf(item)}\n`)
          .join('');
    case 'custom-columns':
    case 'custom-columns-file': {
      const columns = new CustomColumns(
        format.endsWith('file') ? columnsOfFile(readTemplate(options, template)) : template,
        options.noHeaders ?? false,
      );
      return (object) => columns.print(items(object));
    }
    default:
      return templatePrinter(format, format.endsWith('file') ? readTemplate(options, template) : template, flags);
  }
}

/** Documents after the first are set apart by `---`. */
function yamlStream(print: ObjectPrinter): ObjectPrinter {
  let count = 0;
  return (object) => `${count++ > 0 ? '---\n' : ''}${print(object)}`;
}

function readTemplate(options: PrinterOptions, path: string): string {
  const text = options.environment.readFile(path);
  if (text === undefined) throw new KubectlError(`error reading template ${path}, open ${path}: no such file or directory`);
  return text;
}

function columnsOfFile(text: string): string {
  const [headers = '', paths = ''] = text.split('\n');
  const columns = paths.trim().split(/\s+/);
  return headers
    .trim()
    .split(/\s+/)
    .map((header, index) => `${header}:${columns[index] ?? ''}`)
    .join(',');
}

function templatePrinter(format: string, template: string, flags: FlagValues): ObjectPrinter {
  if (template === '') throw new KubectlError('template format specified but no template given');
  const allowMissing = flags.string('allow-missing-template-keys') !== 'false';
  if (format.startsWith('jsonpath')) return jsonPathPrinter(format, template, allowMissing);
  try {
    const parsed = new GoTemplate(template);
    return (object) => {
      try {
        return parsed.print(object);
      } catch (error) {
        if (!(error instanceof GoTemplateError)) throw error;
        throw new KubectlError(`error executing template ${JSON.stringify(template)}: template: output:1: ${error.message}`);
      }
    };
  } catch (error) {
    if (!(error instanceof GoTemplateError)) throw error;
    throw new KubectlError(`error parsing template ${template}, template: output:1: ${error.message}`);
  }
}

function jsonPathPrinter(format: string, template: string, allowMissing: boolean): ObjectPrinter {
  let path: JsonPath;
  try {
    path = new JsonPath(template, { allowMissing });
  } catch (error) {
    if (!(error instanceof JsonPathError)) throw error;
    throw new KubectlError(`error parsing jsonpath ${template}, ${error.message}`);
  }
  return (object) => {
    try {
      if (format !== 'jsonpath-as-json') return path.print(object);
      return `${goJson(path.results(object).flat(), { indent: 4 })}\n`;
    } catch (error) {
      if (!(error instanceof JsonPathError)) throw error;
      throw new KubectlError(
        `error executing jsonpath ${JSON.stringify(template)}: Error executing template: ${error.message}. ` +
          'Printing more information for debugging the template:\n' +
          `\ttemplate was:\n\t\t${template}\n\tobject given to jsonpath engine was:\n\t\t${goSyntax(object)}\n\n\n`,
      );
    }
  };
}

const isList = (object: Json) => Array.isArray(object.items) && String(object.kind).endsWith('List');
const items = (object: Json): Json[] => (isList(object) ? object.items : [object]);

/** A copy without metadata.managedFields. */
export function withoutManagedFields(object: Json): Json {
  if (isList(object)) return { ...object, items: object.items.map(withoutManagedFields) };
  if (object.metadata?.managedFields === undefined) return object;
  const { managedFields, ...metadata } = object.metadata;
  void managedFields;
  return { ...object, metadata };
}
