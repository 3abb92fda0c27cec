import { builtinModules } from 'node:module';
import eslint from '@eslint/js';
import importX, { createNodeResolver } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

const root = import.meta.dirname;

/** The layers, lowest first. A layer may import from itself and from those before it, less what `narrow` says. */
const layers = ['cluster', 'kubectl', 'shell', 'lab', 'components', 'theme', 'pages', 'cli'];
const page = ['components', 'theme', 'pages'];

const upward = layers.map((layer, index) => ({
  target: `./src/${layer}`,
  from: layers
    .slice(index + 1)
    // Pages, theme and widgets are one layer; `theme` only registers the widgets.
    .filter((other) => !(page.includes(layer) && page.includes(other)))
    .map((other) => `./src/${other}`),
  message: `src/${layer} must not know the layers above it (CONTRIBUTING.md, "Layers").`,
}));

const narrow = [
  {
    target: './src/kubectl',
    from: './src/cluster',
    except: ['./apiserver/rest.ts', './apiserver/client.ts', './apimachinery'],
    message: 'kubectl speaks only REST to the API server, like the real one.',
  },
  {
    target: './src/cluster/linux',
    from: './src/cluster',
    except: ['./linux', './clock.ts', './random.ts', './network.ts'],
    message: 'linux/ knows no Kubernetes.',
  },
  ...page.flatMap((layer) => [
    {
      target: `./src/${layer}`,
      from: './src/cluster',
      // Type-only contracts: the shape of what the lab's snapshot shows.
      except: ['./apimachinery/object.ts', './linux/trace.ts', './network.ts'],
      message: 'Widgets know the lab, not how the cluster works inside.',
    },
    { target: `./src/${layer}`, from: './src/kubectl', message: 'Widgets know the lab, not kubectl.' },
    {
      target: `./src/${layer}`,
      from: './src/shell',
      except: ['./types.ts'],
      message: 'Widgets know the lab, not the shell inside.',
    },
  ]),
];

const hostGlobals = [
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'requestAnimationFrame', 'Promise', 'performance', 'crypto'],
  ...[
    'process',
    'Buffer',
    'global',
    'globalThis',
    'require',
    'window',
    'document',
    'navigator',
    'location',
    'self',
    'fetch',
    'Intl',
  ],
  ...['localStorage', 'sessionStorage', 'indexedDB'],
];

const noHost = 'The core is deterministic and synchronous: time, randomness and work come from clock.ts and random.ts.';

export default tseslint.config(
  { ignores: ['node_modules/', 'build/', 'offline/', 'lms/', '.docusaurus/', 'coverage/', 'tests/fixtures/'] },
  eslint.configs.recommended,
  ...tseslint.configs.recommended,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [
        createNodeResolver({ extensions: ['.ts', '.tsx', '.mts', '.js', '.mjs'], alias: { '@site': [root] } }),
      ],
    },
    rules: {
      // Programs and kubectl commands share a generator's signature; many finish without waiting.
      'require-yield': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'import-x/no-restricted-paths': [
        'error',
        { basePath: root, zones: [...upward.filter(({ from }) => from.length > 0), ...narrow] },
      ],
    },
  },
  {
    files: ['src/cluster/**/*.ts', 'src/kubectl/**/*.ts'],
    ignores: ['**/*.test.ts', '**/testdata/**'],
    rules: {
      'no-restricted-globals': ['error', ...hostGlobals.map((name) => ({ name, message: noHost }))],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: noHost },
        { object: 'Math', property: 'random', message: noHost },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: noHost },
        { selector: "CallExpression[callee.name='Date']", message: noHost },
        { selector: ':function[async=true]', message: noHost },
        { selector: 'AwaitExpression, ImportExpression', message: noHost },
        {
          selector: "MemberExpression[property.name=/^toLocale/], MemberExpression[property.name='localeCompare']",
          message: noHost,
        },
      ],
      'no-restricted-imports': ['error', { paths: builtinModules, patterns: [{ group: ['node:*'], message: noHost }] }],
    },
  },
  // Configuration that is plain JavaScript has no types to check against.
  { files: ['**/*.mjs'], ...tseslint.configs.disableTypeChecked },
);
