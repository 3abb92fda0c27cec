import { describe, expect, it } from 'vitest';
import { GoTemplate } from './gotemplate';
import { goJson } from '../../cluster/apimachinery/gojson';
import { JsonPath } from './jsonpath';
import { TabWriter } from './tabwriter';
import { unifiedDiff } from './unifieddiff';

const list = {
  items: [
    {
      metadata: { name: 'a' },
      spec: {
        type: 'NodePort',
        ports: [
          { name: 'http', port: 80 },
          { name: 'dns', port: 53 },
        ],
      },
    },
    { metadata: { name: 'b' }, spec: { type: 'ClusterIP' } },
  ],
};

describe('templates', () => {
  it.each([
    ['{.items[*].metadata.name}', 'a b'],
    ['{range .items[*]}{.metadata.name}{"\\t"}{.spec.type}{"\\n"}{end}', 'a\tNodePort\nb\tClusterIP\n'],
    ['{.items[0].spec.ports[?(@.name=="dns")].port}', '53'],
    ['{.items[0].spec.ports[-1:].port}', '53'],
    ['{.items[0].spec.ports[0]}', '{"name":"http","port":80}'],
    ['{..port}', '80 53'],
    ['{.nope}', ''],
  ])('evaluates %s', (template, text) => {
    expect(new JsonPath(template, { allowMissing: true }).print(list)).toBe(text);
  });

  it('runs go templates', () => {
    const template =
      '{{range $i, $s := .items}}{{$i}}:{{.metadata.name}} {{if eq .spec.type "NodePort"}}yes{{else}}no{{end}}{{"\\n"}}{{end}}{{.nope}}';
    let text = '';
    new GoTemplate(template).print(list, (more) => (text += more));
    expect(text).toBe('0:a yes\n1:b no\n<no value>');
    expect(() => new GoTemplate('{{.spec.')).toThrow('template: output:1: unexpected "." in operand');
    expect(() => new GoTemplate('{{.items.x}}').print(list, () => undefined)).toThrow(
      'template: output:1:8: executing "output" at <.items.x>: can\'t evaluate field x in type interface {}',
    );
  });
});

describe('layout', () => {
  it('aligns by runs of lines that have the column', () => {
    const writer = new TabWriter({ minWidth: 0, padding: 2 });
    writer.write('Name:\ta\nPort:\thttp\t80/TCP\nLonger Title:\tb\n');
    expect(writer.flush()).toBe('Name:          a\nPort:          http  80/TCP\nLonger Title:  b\n');
  });

  it('escapes HTML in JSON as Go does', () => {
    expect(goJson({ b: '<&>', a: [] })).toBe('{"a":[],"b":"\\u003c\\u0026\\u003e"}');
  });

  it('prints hunks', () => {
    expect(unifiedDiff('a\nb\nc\n', 'a\nB\nc\n')).toBe('@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n');
  });
});
