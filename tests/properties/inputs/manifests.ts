/** A text given to `kubectl apply -f`: what it is, and whether anything of it may be taken. */
export interface HostileManifest {
  what: string;
  text: string;
  /** `refused`: nothing of it may reach the cluster. `either`: an honest success is one too. */
  expected: 'refused' | 'either';
}

const refused = (what: string, text: string): HostileManifest => ({ what, text, expected: 'refused' });
const either = (what: string, text: string): HostileManifest => ({ what, text, expected: 'either' });

/** A ConfigMap called `victim` with some more lines of YAML at its top level. */
const configMap = (more: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: victim\n${more}`;
const service = (spec: string) => `apiVersion: v1\nkind: Service\nmetadata:\n  name: victim\nspec:\n${spec}`;
const json = (value: unknown) => JSON.stringify(value);
const nested = (depth: number, open: string, inner: string, close: string) => open.repeat(depth) + inner + close.repeat(depth);
const labels = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`label-${i}`, 'x']));

/** The billion laughs: nine lists, each nine times the one before. */
const laughs = Array.from({ length: 9 }, (_, i) =>
  i === 0
    ? `a0: &a0 [${Array(9).fill('lol').join(', ')}]`
    : `a${i}: &a${i} [${Array(9)
        .fill(`*a${i - 1}`)
        .join(', ')}]`,
).join('\n');

const bombs = [
  refused('billion laughs', `${configMap('')}data:\n  x: y\n${laughs}\n`),
  refused('21 aliases of one text', configMap(`x: &x y\nlist: [${Array(21).fill('*x').join(', ')}]\n`)),
  either(
    '20 aliases of one text',
    configMap(`x: &x y\ndata:\n${Array.from({ length: 20 }, (_, i) => `  k${i}: *x\n`).join('')}`),
  ),
  refused('an alias of what it stands in', configMap('data: &loop\n  x: *loop\n')),
  refused('a list that holds itself', configMap('x: &loop [*loop]\n')),
  refused('two aliases around each other', configMap('a: &a {b: *b}\nb: &b {a: *a}\n')),
  refused('an alias as its own key', configMap('x: &a\n  ? *a\n  : y\n')),
  refused('an unknown alias', configMap('data: *nothing\n')),
  either('an anchor given twice', configMap('data:\n  a: &x y\n  b: &x z\n  c: *x\n')),
  refused('merge keys over each other', configMap(`a: &a {<<: *a}\ndata:\n  <<: *a\n`)),
  refused(
    'merge keys, each the one before thrice',
    configMap(
      'm0: &m0 {k: v}\n' +
        Array.from({ length: 30 }, (_, i) => `m${i + 1}: &m${i + 1}\n  <<: [*m${i}, *m${i}, *m${i}]\n`).join(''),
    ),
  ),
  either('a merge key with a text', configMap('data:\n  <<: text\n')),
  either('a merge key with a list of numbers', configMap('data:\n  <<: [1, 2]\n')),
  either('a merge key that brings __proto__', configMap('data:\n  <<: {__proto__: polluted}\n')),
];

const deep = [
  ...[65, 200, 2000, 30_000].map((depth) => refused(`lists ${depth} deep`, configMap(`x: ${nested(depth, '[', '', ']')}\n`))),
  ...[65, 200, 10_000].map((depth) => refused(`maps ${depth} deep`, configMap(`x: ${nested(depth, '{a: ', 'b', '}')}\n`))),
  refused('65,000 open brackets', '['.repeat(65_000)),
  refused('65,000 open braces', '{'.repeat(65_000)),
  refused('32,000 items in each other', '- '.repeat(32_000)),
  refused('20,000 keys in each other', '? '.repeat(20_000)),
  refused(
    '300 block maps in each other',
    configMap(`x:\n${Array.from({ length: 300 }, (_, i) => `${' '.repeat(i + 1)}a:\n`).join('')}`),
  ),
  refused(
    'JSON 100 deep',
    `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"victim"},"x":${nested(100, '[', '1', ']')}}`,
  ),
  refused(
    'JSON 30,000 deep',
    `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"victim"},"x":${nested(30_000, '[', '1', ']')}}`,
  ),
  refused('JSON maps 10,000 deep', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`),
  refused('lists of lists of kind List', nested(300, '{"apiVersion":"v1","kind":"List","items":[', '', ']}')),
];

const large = [
  refused('64 KiB and one byte', configMap(`data:\n  x: ${'y'.repeat(65_536)}\n`)),
  refused('a megabyte', configMap(`data:\n  x: ${'y'.repeat(1_000_000)}\n`)),
  refused('more than 64 KiB in letters of three bytes', configMap(`data:\n  x: ${'한'.repeat(30_000)}\n`)),
  either('a value of 60,000 letters', configMap(`data:\n  x: ${'y'.repeat(60_000)}\n`)),
  either('a quoted value of 20,000 escapes', configMap(`data:\n  x: "${'\\n'.repeat(20_000)}"\n`)),
  refused('a quote that does not end', configMap(`data:\n  x: "${'y\n'.repeat(20_000)}`)),
  either('a block text of 30,000 lines', configMap(`data:\n  x: |\n${'    \n'.repeat(12_000)}    y\n`)),
  refused('a key of 60,000 letters', configMap(`${'k'.repeat(60_000)}: 1\n`)),
  refused('101 documents', '---\na: b\n'.repeat(101)),
  refused('10,000 documents', '---\na\n'.repeat(10_000)),
  either('10,000 empty documents', '---\n'.repeat(10_000)),
  refused('20,000 JSON documents on one line', '{}'.repeat(20_000)),
  refused('20,000 JSON documents on lines', '{}\n'.repeat(20_000)),
  refused('1,000 JSON documents and one that does not end', `${'{"a":1}'.repeat(1000)}{`),
  either('2,000 labels', json({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'victim', labels: labels(2000) } })),
  either(
    '2,000 wrong labels',
    json({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'victim', labels: Object.fromEntries(Object.keys(labels(2000)).map((key) => [`${key}!`, '!'])) },
    }),
  ),
  refused('3,000 ports', service(`  ports:\n${'  - port: 80\n'.repeat(3000)}`)),
  either('60,000 blanks', ' '.repeat(60_000)),
  either('60,000 line feeds', '\n'.repeat(60_000)),
  refused('30,000 tabs', `${'\t'.repeat(30_000)}a`),
  either('60,000 letters of comment', `#${'#'.repeat(60_000)}`),
  refused('10,000 keys that are the same', configMap('x: 1\n'.repeat(10_000))),
  refused(
    '9,000 different unknown fields',
    configMap(
      Array.from({ length: 9000 }, (_, i) => `x${i}:\n`)
        .join('')
        .slice(0, 60_000),
    ),
  ),
  refused('15,000 anchors', configMap(`x: [${Array.from({ length: 5000 }, (_, i) => `&a${i} b`).join(',')}]\n`)),
  refused('10,000 tags', configMap(`x: [${'!a b,'.repeat(10_000)}]\n`)),
  refused('a long line of flow pairs', `{${'a: b, '.repeat(10_000)}}`),
  refused('30,000 colons', ':'.repeat(30_000)),
  refused('30,000 dashes', '-'.repeat(30_000)),
  refused('20,000 question marks', '?\n'.repeat(20_000)),
  refused('20,000 percent signs', '%'.repeat(20_000)),
  refused('10,000 directives', '%YAML 1.1\n'.repeat(6000)),
  refused('20,000 open quotes', `"'`.repeat(20_000)),
  refused('20,000 exclamation marks', '!'.repeat(20_000)),
  refused('20,000 ampersands', '&'.repeat(20_000)),
  refused('20,000 stars', '*'.repeat(20_000)),
];

const tags = [
  '!!js/function "function () { globalThis.polluted = 1 }"',
  '!!js/regexp /(a+)+$/',
  '!!js/undefined ""',
  '!!python/object/apply:os.system ["reboot"]',
  '!!java.net.URL ["http://example.com"]',
  '!ruby/object:Gem::Installer {i: x}',
  '!<tag:yaml.org,2002:binary> "////"',
  '!!binary not-base64',
  '!!set {a, b}',
  '!!omap [a: b]',
  '!!timestamp 2026-01-01',
  '!!float x',
  '!!int 0x',
  '!!merge <<',
].map((text) => either(`the tag ${text}`, configMap(`data:\n  x: ${text}\n`)));

const characters = [
  either('a byte order mark', `\ufeff${configMap('')}`),
  either('a byte order mark within', configMap('data:\n  x: a\ufeffb\n')),
  refused('two byte order marks', `\ufeff\ufeff${configMap('')}`),
  refused('NUL', configMap('data:\n  x: a\u0000b\n')),
  refused('BEL', configMap('data:\n  x: a\u0007b\n')),
  refused('ESC', configMap('data:\n  x: a\u001b[31mb\n')),
  refused('DEL', configMap('data:\n  x: a\u007fb\n')),
  refused('a C1 control', configMap('data:\n  x: a\u009b31mb\n')),
  either('ESC as an escape', configMap('data:\n  x: "a\\e]0;title\\ab"\n')),
  either('NUL as an escape', configMap('data:\n  x: "a\\0b"\n')),
  either('an overriding of direction', configMap('data:\n  x: "\u202eevil\u2066"\n')),
  either('an overriding of direction in a comment', `# \u202e\n${configMap('')}`),
  refused('a name with ESC', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: "a\\e[2Jb"\n'),
  refused('a name with a line feed', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: "a\\nb"\n'),
  refused('a name that overrides direction', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: "\u202ea"\n'),
  refused('a kind with ESC', 'apiVersion: v1\nkind: "\\e]0;x\\a"\nmetadata:\n  name: victim\n'),
  refused('an apiVersion of letters that hide', 'apiVersion: "v\u200b1"\nkind: ConfigMap\nmetadata:\n  name: victim\n'),
  either('half of a pair', configMap('data:\n  x: "\\ud800"\n')),
  either('half of a pair as it is', configMap('data:\n  x: "\ud800"\n')),
  either('carriage returns', configMap('data:\n  x: y\n').replaceAll('\n', '\r\n')),
  either('carriage returns alone', configMap('data:\n  x: y\n').replaceAll('\n', '\r')),
  either('line separators', configMap('data:\n  x: y\u2028z\u2029\u0085\n')),
  either('letters of three bytes for a key', configMap('data:\n  서비스: y\n')),
];

const prototypes = [
  either('__proto__ at the top', configMap('__proto__:\n  polluted: yes\n')),
  either(
    '__proto__ in labels',
    json({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'victim' } }).replace(
      '"name"',
      '"labels":{"__proto__":"polluted"},"name"',
    ),
  ),
  either('__proto__ in data', configMap('data:\n  __proto__: polluted\n')),
  either('__proto__ as metadata', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: victim\n  __proto__: {polluted: yes}\n'),
  either(
    '__proto__ of JSON',
    '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"victim"},"__proto__":{"polluted":true}}',
  ),
  either(
    '__proto__ in __proto__',
    '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"victim"},"data":{"__proto__":{"__proto__":{"polluted":"x"}}}}',
  ),
  either('constructor.prototype', configMap('constructor:\n  prototype:\n    polluted: yes\n')),
  either('constructor in data', configMap('data:\n  constructor: x\n  toString: y\n  hasOwnProperty: z\n')),
  refused('the name __proto__', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: __proto__\n'),
  refused('the kind __proto__', 'apiVersion: v1\nkind: __proto__\nmetadata:\n  name: victim\n'),
  refused('the kind constructor', 'apiVersion: v1\nkind: constructor\nmetadata:\n  name: victim\n'),
  refused('the apiVersion __proto__', 'apiVersion: __proto__\nkind: ConfigMap\nmetadata:\n  name: victim\n'),
  refused('the apiVersion constructor/v1', 'apiVersion: constructor/v1\nkind: ConfigMap\nmetadata:\n  name: victim\n'),
  refused('the namespace __proto__', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: victim\n  namespace: __proto__\n'),
  either('a selector of __proto__', service('  selector: {__proto__: x}\n  ports: [{port: 80}]\n')),
  either('toString as no function', configMap('data:\n  toString: "1"\n  valueOf: "2"\n')),
  either('$patch and __proto__', configMap('data:\n  $patch: replace\n  __proto__: x\n')),
];

const values = [
  ...[
    '1e999',
    '-1e999',
    '.inf',
    '.nan',
    '1e-999',
    '9'.repeat(400),
    '0x' + 'f'.repeat(400),
    '0b' + '1'.repeat(4000),
    '1:60:60',
    '-0',
    '0o17',
    '1_000',
  ].map((port) => either(`the port ${port.slice(0, 20)}`, service(`  ports:\n  - port: ${port}\n`))),
  ...['1e999', '-1e999', '.inf', '1e308', '2147483648', '99999999999999999999', '-1'].map((replicas) =>
    either(
      `${replicas} replicas`,
      `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: victim\nspec:\n  replicas: ${replicas}\n  selector:\n    matchLabels: {a: b}\n  template:\n    metadata:\n      labels: {a: b}\n    spec:\n      containers: [{name: a, image: nginx}]\n`,
    ),
  ),
  refused(
    'a port of JSON that is 1e999',
    '{"apiVersion":"v1","kind":"Service","metadata":{"name":"victim"},"spec":{"ports":[{"port":1e999}]}}',
  ),
  either('keys given twice', 'apiVersion: v1\nkind: ConfigMap\nkind: Secret\nmetadata:\n  name: victim\n  name: other\n'),
  either('keys given twice in JSON', '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"victim","name":"other"}}'),
  refused('a list for metadata', 'apiVersion: v1\nkind: ConfigMap\nmetadata: [a]\n'),
  refused('a text for metadata', 'apiVersion: v1\nkind: ConfigMap\nmetadata: a\n'),
  refused('null for metadata', 'apiVersion: v1\nkind: ConfigMap\nmetadata: null\n'),
  refused('a list for a name', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: [a]}\n'),
  refused('a number for kind', 'apiVersion: v1\nkind: 1\nmetadata: {name: a}\n'),
  refused('a map for a key', configMap('? {a: b}\n: c\n')),
  refused('a list for a key', configMap('? [a, b]\n: c\n')),
  refused('a list', '- a\n- b\n'),
  refused('a text', 'just a text\n'),
  refused('a number', '42\n'),
  either('null', 'null\n'),
  either('nothing', ''),
  refused('a List that holds texts', 'apiVersion: v1\nkind: List\nitems: [a, 1, null, [], {}]\n'),
  refused('a List whose items are a map', 'apiVersion: v1\nkind: List\nitems: {a: b}\n'),
  refused('HTML', '<!DOCTYPE html><script>alert(1)</script>\n'),
  refused('XML entities', '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><x>&c;</x>\n'),
  refused('another document behind a separator', '--- oops\napiVersion: v1\n'),
  refused('YAML 9.9', `%YAML 9.9\n---\n${configMap('')}`),
  refused('a tag handle from elsewhere', `%TAG ! tag:example.com,2026:\n%TAG ! tag:x:\n---\n${configMap('')}`),
  refused('a name of 60,000 letters', `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${'a'.repeat(60_000)}\n`),
  refused('a name of 30,000 hyphens', `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a${'-'.repeat(30_000)}!\n`),
  refused('a name of 30,000 dots', `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a${'.a'.repeat(30_000)}!\n`),
  refused('a label key of 20,000 parts', configMap('').replace('name:', `labels: {"${'a.'.repeat(20_000)}/b": c}\n  name:`)),
  refused(
    'a quantity of 30,000 digits',
    `apiVersion: v1\nkind: Pod\nmetadata: {name: victim}\nspec:\n  containers:\n  - {name: a, image: nginx, resources: {limits: {cpu: ${'1'.repeat(30_000)}x}}}\n`,
  ),
  refused('an address of 30,000 colons', service(`  clusterIP: "${':'.repeat(30_000)}"\n  ports: [{port: 80}]\n`)),
  refused('an address of 30,000 digits', service(`  clusterIP: "${'1'.repeat(30_000)}"\n  ports: [{port: 80}]\n`)),
  refused(
    'a source range of 30,000 dots',
    service(`  loadBalancerSourceRanges: ["${'1.'.repeat(30_000)}/8"]\n  type: LoadBalancer\n  ports: [{port: 80}]\n`),
  ),
  either(
    'an image of 30,000 slashes',
    `apiVersion: v1\nkind: Pod\nmetadata: {name: victim}\nspec:\n  containers:\n  - {name: a, image: "${'a/'.repeat(30_000)}"}\n`,
  ),
  either(
    'an image of 30,000 separators',
    `apiVersion: v1\nkind: Pod\nmetadata: {name: victim}\nspec:\n  containers:\n  - {name: a, image: "${'a__'.repeat(20_000)}!"}\n`,
  ),
  either(
    '500 containers',
    `apiVersion: v1\nkind: Pod\nmetadata: {name: victim}\nspec:\n  containers:\n${Array.from({ length: 500 }, (_, i) => `  - {name: a${i}, image: nginx}\n`).join('')}`,
  ),
  either(
    'a finalizer of another',
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: victim\n  finalizers: ["example.com/never"]\n',
  ),
  either(
    'an owner that is itself',
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: victim\n  ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: victim, uid: "1"}]\n',
  ),
  either(
    'a command that would run for ever',
    'apiVersion: v1\nkind: Pod\nmetadata: {name: victim}\nspec:\n  containers:\n  - {name: a, image: busybox, command: [sh, -c, "while true; do echo x; done"]}\n',
  ),
];

/** Manifests that have broken parsers: bombs, depth, size, tags, characters, prototypes, values of wrong types. */
export const hostileManifests: readonly HostileManifest[] = [
  ...bombs,
  ...deep,
  ...large,
  ...tags,
  ...characters,
  ...prototypes,
  ...values,
];
