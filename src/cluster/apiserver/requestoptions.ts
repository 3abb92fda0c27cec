import { badRequest, invalidObject } from '../apimachinery/errors';
import { type FieldError, invalid, notSupported, tooLong } from '../apimachinery/fielderror';
import type { Json } from '../apimachinery/object';
import { strconvError } from '../apimachinery/strconv';
import { isTrue } from './listoptions';
import type { DeleteOptions } from './registry';
import type { ApiRequest } from './rest';

const MANAGER_LENGTH = 128;

/** Throws ApiError Invalid. @param kind e.g. `PatchOptions` */
export function refuseOptions(kind: string, errors: readonly FieldError[]): void {
  if (errors.length > 0) throw invalidObject({ group: 'meta.k8s.io', kind, plural: kind.toLowerCase() }, '', errors);
}

/** Several values of a parameter are lines. */
const dryRunErrors = (values: readonly string[]): FieldError[] =>
  values.every((value) => value === 'All') ? [] : [{ ...notSupported('dryRun', '', ['All']), value: [...values] }];

/**
 * Checks what a write's query says. Throws ApiError Invalid.
 * Upstream: k8s.io/apimachinery/pkg/apis/meta/v1/validation ValidateCreateOptions, ValidateUpdateOptions, ValidatePatchOptions.
 * @param kind `CreateOptions`, `UpdateOptions` or `PatchOptions`
 */
export function checkWriteOptions(
  kind: string,
  { dryRun, fieldManager = '', fieldValidation = '' }: Record<string, string>,
): void {
  const errors = dryRunErrors(dryRun?.split('\n') ?? []);
  if (new TextEncoder().encode(fieldManager).length > MANAGER_LENGTH)
    errors.push(tooLong('fieldManager', `may not be more than ${MANAGER_LENGTH} bytes`));
  const at = [...fieldManager].findIndex((character) => /[\p{C}\u2028\u2029]|(?! )\p{Z}/u.test(character));
  if (at >= 0) {
    const code = [...fieldManager][at]!.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    errors.push(invalid('fieldManager', fieldManager, `invalid character U+${code} (at position ${at})`));
  }
  if (!['', 'Ignore', 'Strict', 'Warn'].includes(fieldValidation))
    errors.push(notSupported('fieldValidation', fieldValidation, ['', 'Ignore', 'Strict', 'Warn']));
  refuseOptions(kind, errors);
}

const POLICIES = ['Foreground', 'Background', 'Orphan'];

/** What a deletion's body and query say. Throws ApiError: Invalid, BadRequest. Upstream: ValidateDeleteOptions. */
export function deleteOptions({ query, body }: ApiRequest): DeleteOptions {
  const { gracePeriodSeconds, propagationPolicy, preconditions, dryRun, orphanDependents } = { ...query, ...body } as Json;
  if (typeof gracePeriodSeconds === 'string') {
    const wrong = strconvError(gracePeriodSeconds, 'ParseInt');
    if (wrong) throw badRequest(wrong);
  }
  const dryRuns: string[] = typeof dryRun === 'string' ? dryRun.split('\n') : (dryRun ?? []);
  const errors: FieldError[] = [];
  if (orphanDependents !== undefined && propagationPolicy !== undefined)
    errors.push(invalid('propagationPolicy', propagationPolicy, 'orphanDependents and deletionPropagation cannot be both set'));
  else if (propagationPolicy !== undefined && !POLICIES.includes(propagationPolicy))
    errors.push(notSupported('propagationPolicy', propagationPolicy, [...POLICIES, 'nil'], true));
  refuseOptions('DeleteOptions', [...errors, ...dryRunErrors(dryRuns)]);
  const orphans = orphanDependents !== undefined && isTrue(String(orphanDependents));
  return {
    ...(gracePeriodSeconds !== undefined && { gracePeriodSeconds: Number(gracePeriodSeconds) }),
    propagationPolicy: orphans ? 'Orphan' : propagationPolicy,
    preconditions,
    dryRun: dryRuns.includes('All'),
  };
}
