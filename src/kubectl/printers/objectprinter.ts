import type { Json } from '../../cluster/apimachinery/object';
import { KubectlError } from '../errors';
import type { FlagValues } from '../flags';
import type { KubectlEnvironment } from '../types';
import { printYaml } from '../yaml/print';
import { columnsOf, columnsOfFile, CustomColumns } from './customcolumns';
import { goJson } from '../../cluster/apimachinery/gojson';
import { GoTemplate, GoTemplateError } from './gotemplate';
import { goValue } from './govalue';
import { executionReport, JsonPath, JsonPathError } from './jsonpath';
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

const TEMPLATES = /template|jsonpath|custom-columns/;

/** The printer for -o; undefined for the tables. @throws KubectlError for an unknown format */
export function objectPrinter(options: PrinterOptions): ObjectPrinter | undefined {
  const { flags } = options;
  let output = flags.string('output');
  let template = flags.string('template');
  if (output === '' && template !== '') output = 'go-template';
  const formats = options.formats ?? FORMATS;
  if (output === '' || (output === 'wide' && formats.includes('wide'))) return undefined;
  // a template may stand behind the format, unless --template has it
  const [, named, given] = /^([a-z-]+)=(.*)$/s.exec(output) ?? [];
  const inline = template === '' && named !== undefined && TEMPLATES.test(named);
  const format = inline ? named : TEMPLATES.test(output) ? output : output.toLowerCase();
  if (inline) template = given as string;
  if (!formats.includes(format)) {
    throw new KubectlError(
      `unable to match a printer suitable for the output format "${output}", allowed formats are: ${[...formats].sort().join(',')}`,
    );
  }
  const keep = flags.boolean('show-managed-fields');
  switch (format) {
    case 'json':
      return (object) => `${goJson(keep ? object : withoutManagedFields(object), { indent: 4, sorted: !options.typed })}\n`;
    case 'yaml':
      return yamlStream((object) => printYaml(keep ? object : withoutManagedFields(object)));
    case 'kyaml':
      return (object) => printKyaml(keep ? object : withoutManagedFields(object), !options.typed);
    case 'name':
      return (object) =>
        items(object)
          .map((item) => `${options.nameOf(item)}\n`)
          .join('');
    case 'custom-columns':
    case 'custom-columns-file': {
      const columns = new CustomColumns(
        format.endsWith('file') ? columnsOfFile(readTemplate(options, template)) : columnsOf(template),
        options.noHeaders ?? false,
      );
      return streaming(options, (object, write) => columns.print(items(object), write));
    }
    default:
      return templatePrinter(options, format, template);
  }
}

/** Documents after the first are set apart by `---`. */
function yamlStream(print: ObjectPrinter): ObjectPrinter {
  let count = 0;
  return (object) => `${count++ > 0 ? '---\n' : ''}${print(object)}`;
}

function readTemplate(options: PrinterOptions, path: string, doing = 'reading template'): string {
  const text = options.environment.readFile(path);
  if (text === undefined) throw new KubectlError(`error ${doing} ${path}, open ${path}: no such file or directory`);
  return text;
}

/** A printer that has written something before it fails. */
function streaming(options: PrinterOptions, print: (object: Json, write: (text: string) => void) => void): ObjectPrinter {
  return (object) => {
    let text = '';
    try {
      print(object, (more) => (text += more));
    } catch (error) {
      if (text !== '') options.environment.stdout(text);
      throw error;
    }
    return text;
  };
}

function templatePrinter(options: PrinterOptions, format: string, argument: string): ObjectPrinter {
  if (argument === '') throw new KubectlError('template format specified but no template given');
  const template = format.endsWith('file') ? readTemplate(options, argument, 'reading --template') : argument;
  const allowMissing = options.flags.string('allow-missing-template-keys') !== 'false';
  if (format.startsWith('jsonpath')) return jsonPathPrinter(options, format, template, allowMissing);
  let parsed: GoTemplate;
  try {
    parsed = new GoTemplate(template, { allowMissing });
  } catch (error) {
    if (!(error instanceof GoTemplateError)) throw error;
    throw new KubectlError(`error parsing template ${template}, ${error.message}`);
  }
  return streaming(options, (object, write) => {
    try {
      parsed.print(object, write);
    } catch (error) {
      if (!(error instanceof GoTemplateError)) throw error;
      write(
        `Error executing template: ${error.message}. Printing more information for debugging the template:\n` +
          `\ttemplate was:\n\t\t${template}\n\traw data was:\n\t\t${goJson(object, { indent: 0 })}\n` +
          `\tobject given to template engine was:\n\t\t${goValue(object)}\n\n`,
      );
      throw new KubectlError(`error executing template ${JSON.stringify(template)}: ${error.message}`);
    }
  });
}

function jsonPathPrinter(options: PrinterOptions, format: string, template: string, allowMissing: boolean): ObjectPrinter {
  let path: JsonPath;
  try {
    path = new JsonPath(template, { allowMissing });
  } catch (error) {
    if (!(error instanceof JsonPathError)) throw error;
    throw new KubectlError(`error parsing jsonpath ${template}, ${error.message}`);
  }
  return streaming(options, (object, write) => {
    try {
      if (format !== 'jsonpath-as-json') return write(path.print(object));
      for (const values of path.results(object)) write(`${goJson(values, { indent: 4 })}\n`);
    } catch (error) {
      if (!(error instanceof JsonPathError)) throw error;
      throw new KubectlError(
        `error executing jsonpath ${JSON.stringify(template)}: ${executionReport(template, error.message, object)}`,
      );
    }
  });
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
