const WIDTH = 100;

/** A value as an author writes it in MDX, broken into lines where it is too long for one. */
function literal(value: unknown, indent: string): string {
  if (typeof value === 'string') return `'${value.replace(/['\\]/g, '\\$&')}'`;
  if (typeof value !== 'object' || value === null) return String(value);
  const inner = `${indent}  `;
  const parts = (within: string) =>
    Array.isArray(value)
      ? value.map((one) => literal(one, within))
      : Object.entries(value).map(([name, one]) => `${name}: ${literal(one, within)}`);
  const [open, close, gap] = Array.isArray(value) ? ['[', ']', ''] : ['{', '}', ' '];
  const flat = `${open}${gap}${parts('').join(', ')}${gap}${close}`;
  if (indent.length + flat.length <= WIDTH && !flat.includes('\n')) return flat;
  return `${open}\n${parts(inner)
    .map((part) => `${inner}${part},\n`)
    .join('')}${indent}${close}`;
}

function attribute(name: string, value: unknown): string {
  if (value === true) return name;
  if (typeof value === 'string' && !value.includes('"')) return `${name}="${value}"`;
  return `${name}={${literal(value, '  ')}}`;
}

/** The MDX that shows a widget with these props: plain data and, as children, a text. */
export function mdxSource(widget: string, props: object): string {
  const { children, ...rest } = props as Record<string, unknown>;
  const attributes = Object.entries(rest).map(([name, value]) => attribute(name, value));
  const flat = [widget, ...attributes].join(' ');
  const lines = flat.length > WIDTH || flat.includes('\n') ? attributes.map((one) => `\n  ${one}`).join('') : undefined;
  const opening = lines === undefined ? `<${flat}` : `<${widget}${lines}`;
  if (typeof children === 'string') return `${opening}${lines === undefined ? '' : '\n'}>\n  ${children}\n</${widget}>`;
  return `${opening}${lines === undefined ? ' ' : '\n'}/>`;
}
