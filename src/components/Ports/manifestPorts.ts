import { fieldPosition } from '../Manifest/fieldLine';

/** The three numbers of a Service port. */
export type PortKey = 'nodePort' | 'port' | 'targetPort';
export const portKeys: readonly PortKey[] = ['nodePort', 'port', 'targetPort'];

const VALUE = /^["']?([\w]+)["']?:[ \t]*("[^"\n]*"|'[^'\n]*'|[^\s#,}\]]*)/;

interface Written {
  /** Where the key begins. */
  from: number;
  valueFrom: number;
  valueTo: number;
  value: string;
}

function find(text: string, document: number, field: string): Written | undefined {
  const from = fieldPosition(text, document, field);
  const match = from === undefined ? null : VALUE.exec(text.slice(from));
  // Where the field is not written, the position is that of something around it.
  if (from === undefined || !match || match[1] !== field.split('.').at(-1)) return undefined;
  const valueTo = from + match[0].length;
  const quoted = match[2]!;
  return { from, valueTo, valueFrom: valueTo - quoted.length, value: quoted.replace(/^(["'])(.*)\1$/, '$2') };
}

/** The number of the YAML document that describes the Service; undefined when the file has none. */
export function serviceDocument(text: string, service: string): number | undefined {
  for (let document = 0; fieldPosition(text, document, undefined) !== undefined; document++) {
    if (find(text, document, 'kind')?.value === 'Service' && find(text, document, 'metadata.name')?.value === service)
      return document;
  }
  return undefined;
}

/** How many ports the document lists. */
export function portCount(text: string, document: number): number {
  const list = fieldPosition(text, document, 'spec.ports');
  let count = 0;
  while (fieldPosition(text, document, `spec.ports[${count}]`) !== list) count++;
  return count;
}

/** What the manifest says; undefined when it leaves it out. */
export function writtenPort(text: string, document: number, index: number, key: PortKey): string | undefined {
  return find(text, document, `spec.ports[${index}].${key}`)?.value;
}

/** The manifest with another number, all else as it was; an empty value takes the field out. */
export function withPort(text: string, document: number, index: number, key: PortKey, value: string): string {
  const at = (name: string) => find(text, document, `spec.ports[${index}].${name}`);
  const here = at(key);
  if (here) {
    const lineFrom = text.lastIndexOf('\n', here.from - 1) + 1;
    const lineTo = (text.indexOf('\n', here.from) + 1 || text.length + 1) - 1;
    const alone = /^\s*$/.test(text.slice(lineFrom, here.from)) && /^\s*(#.*)?$/.test(text.slice(here.valueTo, lineTo));
    if (value === '' && alone) return text.slice(0, lineFrom) + text.slice(lineTo + 1);
    return text.slice(0, here.valueFrom) + value + text.slice(here.valueTo);
  }
  if (value === '') return text;
  const from = at('port')?.from ?? fieldPosition(text, document, `spec.ports[${index}]`);
  if (from === undefined) return text;
  const column = from - (text.lastIndexOf('\n', from - 1) + 1);
  const inFlow = /[{,]\s*$/.test(text.slice(0, from));
  return `${text.slice(0, from)}${key}: ${value}${inFlow ? ', ' : `\n${' '.repeat(column)}`}${text.slice(from)}`;
}
