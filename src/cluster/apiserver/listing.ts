import { badRequest } from '../apimachinery/errors';
import type { KubeObject } from '../apimachinery/object';
import { matchesSelector, parseSelector } from '../apimachinery/selector';
import type { Kind } from './kind';
import type { ResourceDefinition } from './resource';

/** What is selected from: a resource, or a kind of which there are no objects. */
type Selectable = Kind & Partial<Pick<ResourceDefinition, 'selectableFields'>>;

/** Makes the filter that labelSelector and fieldSelector of a request ask for. Throws ApiError BadRequest on selectors it cannot read. */
export function filterOf(definition: Selectable, query: Record<string, string>): (object: KubeObject) => boolean {
  const labels = query.labelSelector ? readLabels(query.labelSelector) : [];
  const fields = query.fieldSelector ? readFields(definition, query.fieldSelector) : [];
  if (labels.length === 0 && fields.length === 0) return () => true;
  return (object) => {
    if (!matchesSelector(labels, object.metadata.labels)) return false;
    if (fields.length === 0) return true;
    const values = fieldsOf(definition, object);
    return fields.every(({ field, equal, value }) => (values[field] === value) === equal);
  };
}

function readLabels(text: string) {
  try {
    return parseSelector(text);
  } catch (error) {
    throw badRequest((error as Error).message);
  }
}

interface FieldRequirement {
  field: string;
  equal: boolean;
  value: string;
}

function readFields(definition: Selectable, text: string): FieldRequirement[] {
  return text
    .split(',')
    .filter(Boolean)
    .sort()
    .flatMap((part) => {
      const match = /^(.*?)(==|!=|=)(.*)$/.exec(part);
      if (!match) throw badRequest(`invalid selector: '${text}'; can't understand '${part}'`);
      const [, field, operator, value] = match as unknown as [string, string, string, string];
      // everything fits
      if (field === '' && value === '') return [];
      const supported = Object.keys(fieldsOf(definition, undefined));
      if (!supported.includes(field)) {
        // kinds that have no fields of their own: runtime.DefaultMetaV1FieldSelectorConversion
        const only = `${JSON.stringify(field)} is not a known field selector: only "metadata.name", "metadata.namespace"`;
        // pkg/apis/batch/v1/conversion.go
        if (definition.kind === 'Job') throw badRequest(`field label ${JSON.stringify(field)} not supported for Job`);
        throw badRequest(definition.selectableFields ? `field label not supported: ${field}` : only);
      }
      return { field, equal: operator !== '!=', value };
    });
}

/** An object whose fields are read only to learn which of them can be selected by. */
const BLANK: KubeObject = {
  apiVersion: '',
  kind: '',
  metadata: { name: '', uid: '', resourceVersion: '', creationTimestamp: '' },
  spec: {},
  status: {},
};

function fieldsOf(definition: Selectable, object: KubeObject = BLANK): Record<string, string> {
  return {
    'metadata.name': object.metadata.name,
    ...(definition.namespaced && { 'metadata.namespace': object.metadata.namespace ?? '' }),
    ...definition.selectableFields?.(object),
  };
}
