// What the compiler cannot say: size of a file, no `any`, exhaustive switches, promises that are awaited.
import tseslint from 'typescript-eslint';

const tables = ['**/objects/*.ts', '**/library-modules/**/*.ts', '**/layers/*.ts', '**/tables/*.ts', '**/*.generated.ts'];

const engine = ['base', 'tensor', 'ops', 'graph', 'frontends', 'metrics', 'energy', 'rules', 'analysis', 'features', 'report', 'engine'];
const nodeGlobals = ['process', 'Buffer', 'require', 'module', '__dirname', '__filename', 'global', 'setImmediate'];

const defaultExport = { selector: 'ExportDefaultDeclaration', message: 'Export by name: one concept, one name, the same everywhere.' };
const doubleCast = {
  selector: 'TSAsExpression > TSAsExpression > TSUnknownKeyword',
  message: 'Two casts say what the compiler knows to be untrue: give the value its type where it is made (attributes of a node: attrsIf in ops/define).',
};

/** What the interpreted program consists of is read by everybody and written by `python/heap`: no way round the readonly types. */
const heapOnly = [
  ['TSAsExpression > TSTypeReference[typeName.name=/^(Map|Set|WeakMap|WeakSet|Cells|Memo)$/]', 'what is kept by key'],
  ['TSAsExpression > TSArrayType[elementType.typeName.name=/^(Value|DictEntry|Hook|CallRecord|RootCall)$/]', 'items'],
  ['TSMappedType[readonly="-"]', 'fields'],
  ['CallExpression[callee.object.name=/^(Object|Reflect)$/][callee.property.name=/^(assign|defineProperty|defineProperties|setPrototypeOf|set|deleteProperty)$/]', 'fields'],
].map(([selector, what]) => ({ selector, message: `The heap alone writes ${what} of the interpreted program, and notes it for whoever takes it back: interpreter.heap.` }));

/** A row has at most 200 columns, unless what makes it long is one text that cannot be cut: a documented signature, a sentence, a program. */
const longRows = { code: 200, ignoreUrls: true, ignoreRegExpLiterals: true, ignorePattern: '\'[^\']{100,560}\'|`[^`]{100,560}`|^[^`]*`[^`]{120,}$' };

/** Rows that are wide still. */
const wide = [
  'server/src/frontends/python/evaluate/attributes.ts',
  'server/src/frontends/python/evaluate/evaluator.ts',
  'server/src/frontends/python/evaluate/imports-ahead.ts',
  'server/src/frontends/python/evaluate/loops.ts',
  'server/src/frontends/python/heap/heap.test.ts',
  'server/src/frontends/python/heap/heap.ts',
  'server/src/frontends/python/heap/journal.ts',
  'server/src/frontends/python/interpreter.ts',
  'server/src/frontends/python/library-modules/collections.ts',
  'server/src/frontends/python/library-modules/numpy/methods.ts',
  'server/src/frontends/python/library-modules/typing.ts',
  'server/src/frontends/python/loop-watch.ts',
  'server/src/frontends/python/models/forward-pass.ts',
  'server/src/frontends/python/models/frontend.ts',
  'server/src/frontends/python/objects/native.ts',
  'server/src/frontends/python/objects/python-error.ts',
  'server/src/frontends/pytorch/tables/tensor.ts',
  'server/src/frontends/pytorch/tables/transformer.ts',
  'server/src/frontends/pytorch/unknown-members.ts',
  'server/test/branches.test.ts',
  'server/test/endless.test.ts',
  'server/test/hosts.test.ts',
  'server/test/steady.test.ts',
  'server/test/steady/steady.ts',
  'server/test/steady/visits.ts',
];

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', '.vscode-test/', 'test-fixtures/'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strict, ...tseslint.configs.stylistic],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', { max: 350, skipBlankLines: true, skipComments: true }],
      'max-len': ['error', longRows],
      'no-restricted-syntax': ['error', defaultExport, doubleCast],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Interfaces and aliases both read well; the choice is the author's.
      '@typescript-eslint/consistent-type-definitions': 'off',
    },
  },
  // The engine runs anywhere.
  {
    files: engine.map(name => `server/src/${name}/**/*.ts`),
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-globals': ['error', ...nodeGlobals.map(name => ({ name, message: 'The engine runs where there is no Node: take what you need as an argument (Host, Surroundings).' }))] },
  },
  { files: ['server/src/frontends/{python,pytorch,keras}/**/*.ts'], rules: { 'no-restricted-syntax': ['error', defaultExport, doubleCast, ...heapOnly] } },
  // A test may hand over less than a type asks for; the heap makes writable what everybody else may only read.
  { files: ['**/*.test.ts', 'server/test/**/*.ts', '**/python/heap/*.ts'], rules: { 'no-restricted-syntax': ['error', defaultExport] } },
  // Pages are written as they look: their rows are those of the page.
  { files: ['server/scripts/reproduce/*.ts', 'server/scripts/generate/*-page.ts', 'server/src/report/**/*.ts'], rules: { 'max-len': 'off' } },
  { files: wide, rules: { 'max-len': 'off' } },
  // A table may be long: splitting it would hide what is in it.
  { files: tables, rules: { 'max-lines': 'off' } },
  { files: ['**/*.generated.ts'], rules: { '@typescript-eslint/consistent-type-definitions': 'off', '@typescript-eslint/array-type': 'off', 'max-len': 'off' } },
);
