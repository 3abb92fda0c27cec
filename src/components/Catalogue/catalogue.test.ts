import { describe, expect, it } from 'vitest';
import { readWidgets } from '../../plugins/widget-props';
import { examples } from './examples';
import { mdxSource } from './mdxSource';

const widgets = readWidgets(process.cwd());

describe('the catalogue for authors', () => {
  it('has every widget that lessons may use, and no other', () => {
    expect(Object.keys(examples).sort()).toEqual(widgets.map(({ name }) => name).sort());
  });

  it.each(widgets.map((widget) => [widget.name, widget] as const))('%s: its example has all that is required', (name, widget) => {
    const given = Object.keys(examples[name as keyof typeof examples].props());
    const own = widget.props.filter((prop) => !prop.name.includes('.'));
    expect(own.filter((prop) => prop.required && !given.includes(prop.name))).toEqual([]);
    expect(given.filter((prop) => !own.some((one) => one.name === prop))).toEqual([]);
    expect(widget.doc).not.toBe('');
  });

  it('reads types and comments from the code', () => {
    const map = widgets.find(({ name }) => name === 'ClusterMap')?.props ?? [];
    expect(map.find(({ name }) => name === 'packet.protocol')).toEqual({
      name: 'packet.protocol',
      type: "'TCP' | 'UDP'",
      required: false,
      doc: 'Default TCP.',
    });
  });
});

describe('mdxSource', () => {
  it('writes a short widget on one line', () => {
    expect(mdxSource('ServiceTable', {})).toBe('<ServiceTable />');
    expect(mdxSource('Manifest', { file: 'a.yaml' })).toBe('<Manifest file="a.yaml" />');
    expect(mdxSource('Terminal', { commands: ["echo 'a'"] })).toBe("<Terminal commands={['echo \\'a\\'']} />");
  });

  it('breaks a long one into lines, with its text between the tags', () => {
    const label = 'a label that fills half of the line, and no more';
    const options = [
      { value: 'a', label },
      { value: 'b', label },
    ];
    expect(mdxSource('Predict', { id: 'one', options, children: 'Why.' })).toBe(
      `<Predict\n  id="one"\n  options={[\n    { value: 'a', label: '${label}' },\n    { value: 'b', label: '${label}' },\n  ]}\n>\n  Why.\n</Predict>`,
    );
  });
});
