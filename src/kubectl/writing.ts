import type { Json } from '../cluster/apimachinery/object';
import { canonicalQuantity } from '../cluster/apimachinery/quantity';
import type { Invocation } from './command';
import { nameOf } from './commands/get';
import { KubectlError, StatusError } from './errors';
import { goJson } from '../cluster/apimachinery/gojson';
import { objectPrinter, type ObjectPrinter } from './printers/objectprinter';

export type DryRun = 'none' | 'client' | 'server';

export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** What --dry-run asks for. @throws KubectlError */
export function dryRunOf({ session, flags }: Invocation): DryRun {
  const value = flags.string('dry-run');
  switch (value) {
    case '':
    case 'none':
      return 'none';
    case 'client':
    case 'server':
      return value;
    case 'unchanged':
    case 'true':
      session.log('W', 'helpers.go:719] --dry-run is deprecated and can be replaced with --dry-run=client.');
      return 'client';
    default:
      throw new KubectlError(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`);
  }
}

/** Query parameters of writes. */
export function writeQuery({ flags }: Invocation, dryRun: DryRun, fieldManager?: string): Record<string, string> {
  const manager = flags.string('field-manager') || fieldManager;
  return {
    ...(manager && { fieldManager: manager }),
    ...(dryRun === 'server' && { dryRun: 'All' }),
  };
}

/** What the server does with unknown fields, as --validate says. @throws KubectlError */
export function fieldValidation({ flags }: Invocation): 'Strict' | 'Warn' | 'Ignore' {
  const value = flags.string('validate');
  if (value === 'strict' || value === 'true' || value === '') return 'Strict';
  if (value === 'warn') return 'Warn';
  if (value === 'ignore' || value === 'false') return 'Ignore';
  throw new KubectlError(
    `invalid - validate option ${JSON.stringify(value)}; must be one of: strict (or true), warn, ignore (or false)`,
  );
}

/** Tells what was done to an object: `service/test created`, or the object itself with -o. */
export class Reporter {
  private readonly printer?: ObjectPrinter;
  private readonly name: (object: Json) => string;

  constructor(
    private readonly invocation: Invocation,
    private readonly dryRun: DryRun,
    typed = false,
  ) {
    const { session, flags } = invocation;
    this.name = nameOf(session.discovery.mappings);
    this.printer = objectPrinter({ flags, environment: session.environment, nameOf: this.name, typed });
  }

  /** Whether -o asks for objects instead of lines. */
  get printsObjects(): boolean {
    return this.printer !== undefined;
  }

  report(object: Json, verb: string): void {
    this.invocation.session.out(this.printer ? this.printer(object) : this.line(object, verb));
  }

  line(object: Json, verb: string): string {
    const suffix = { none: '', client: ' (dry run)', server: ' (server dry run)' }[this.dryRun];
    return `${this.name(object)} ${verb}${suffix}\n`;
  }
}

/** The object without the annotation that apply reads. */
export function withoutLastApplied(object: Json): Json {
  return withAnnotations(object, {}, true);
}

/** The object with its manifest in the annotation that apply reads. */
export function withLastApplied(object: Json): Json {
  return withAnnotations(object, { [LAST_APPLIED]: `${goJson(withoutLastApplied(object), { indent: 0 })}\n` }, false);
}

/** What create and replace send: with --save-config the manifest stands in the annotation, else where it did already. */
export function remembering(object: Json, saveConfig: boolean): Json {
  return saveConfig || object.metadata?.annotations?.[LAST_APPLIED] ? withLastApplied(object) : object;
}

/** The same for an object that kubectl made from its own types: fields keep their order. */
export function withTypedLastApplied(object: Json): Json {
  return withAnnotations(object, { [LAST_APPLIED]: `${goJson(object, { indent: 0, sorted: false })}\n` }, false);
}

function withAnnotations(object: Json, added: Record<string, string>, drop: boolean): Json {
  const annotations: Record<string, string> = { ...object.metadata?.annotations };
  if (drop) delete annotations[LAST_APPLIED];
  return { ...object, metadata: { ...object.metadata, annotations: { ...annotations, ...added } } };
}

/** Puts what was being done in front of an error of the server. */
export function whileDoing(error: unknown, prefix: string): Error {
  if (error instanceof StatusError) return error.prefixed(prefix);
  if (error instanceof KubectlError) return new KubectlError(`${prefix}${error.message}`, error.options);
  throw error;
}

/** Splits `a=b,c=d`. @throws KubectlError Upstream: parseLabels of run and expose. */
export function parsePairs(text: string): Record<string, string> {
  const pairs: Record<string, string> = {};
  if (text === '') return pairs;
  for (const part of text.split(',')) {
    const [key = '', value, ...rest] = part.split('=');
    if (value === undefined || rest.length > 0) throw new KubectlError(`unexpected label spec: ${part}`);
    if (key === '') throw new KubectlError('unexpected empty label key');
    pairs[key] = value;
  }
  return pairs;
}

/** A quantity as it is shown. @throws KubectlError */
export function quantityText(text: string): string {
  try {
    return canonicalQuantity(text);
  } catch (error) {
    throw new KubectlError((error as Error).message);
  }
}
