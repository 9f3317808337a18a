// The floor plan of docs/architecture.md, enforced. Every rule below is derived from `floors`; each comment says what to do instead.

const src = 'server/src/';

/**
 * One row per room. `floor`: a room may import every room of a lower floor. `knows`: the rooms of its own floor it may import.
 * `never`: rooms beneath it that it must not see. `only`: the only rooms it may import, where that is narrower than "everything beneath".
 */
const floors = [
  { room: 'base', floor: 0 },
  { room: 'tensor', floor: 1 },
  { room: 'ops', floor: 2 },
  { room: 'graph', floor: 3 },
  { room: 'frontends', floor: 4 },
  { room: 'metrics', floor: 5, never: ['frontends'] },
  { room: 'energy', floor: 5, knows: ['metrics'], never: ['frontends'] },
  { room: 'rules', floor: 6, never: ['frontends'] },
  { room: 'analysis', floor: 7 },
  { room: 'features', floor: 8 },
  { room: 'report', floor: 8 },
  { room: 'host', floor: 8, only: ['base'] },
  { room: 'engine', floor: 9, never: ['host'] },
  { room: 'worker', floor: 10, only: ['engine'] },
  { room: 'lsp', floor: 11 },
  { room: 'cli', floor: 11 },
];

/** The frontends' own floor: 4a is shared ground, 4b are strangers to each other. */
const dialects = [
  { name: 'pytorch', knows: ['python'] },
  { name: 'keras', knows: ['python'] },
  { name: 'caffe', knows: [] },
  { name: 'onnx', knows: [] },
];

/** The rooms inside frontends/python: a room may import every room of a lower floor. The files beside them are floor 1, the kernel. */
const interior = [
  { room: 'syntax', floor: 0 },
  { room: 'heap', floor: 0 },
  { room: 'objects', floor: 2 },
  { room: 'evaluate', floor: 3 },
  { room: 'library-modules', floor: 3 },
  { room: 'tensors', floor: 4 },
  { room: 'notebook', floor: 5 },
  { room: 'models', floor: 6 },
];

const room = name => `^${src}${name}/`;
const anyOf = names => `^${src}(${names.join('|')})/`;
const tests = '\\.test\\.ts$';
const nodeBuiltins = { dependencyTypes: ['core'] };

const allowedFrom = row => row.only
  ?? [...floors.filter(other => other.floor < row.floor).map(other => other.room), ...(row.knows ?? [])].filter(name => !(row.never ?? []).includes(name));

/** Imports flow down: whatever a room may not see is forbidden to it. */
const flowDown = floors.filter(row => row.room !== 'rules').map(row => {
  const allowed = allowedFrom(row);
  const forbidden = floors.map(other => other.room).filter(name => name !== row.room && !allowed.includes(name));
  return {
    name: `${row.room}-imports-down`,
    severity: 'error',
    comment: `${row.room}/ (floor ${row.floor}) may import ${allowed.length ? allowed.join(', ') : 'nothing of the server'}. Move what both need to a lower floor, or pass it in as an argument.`,
    from: { path: room(row.room) },
    to: { path: anyOf(forbidden) },
  };
});

const rulesRow = floors.find(row => row.room === 'rules');
const rulesForbidden = floors.map(row => row.room).filter(name => name !== 'rules' && name !== 'frontends' && !allowedFrom(rulesRow).includes(name));

const strangers = dialects.map(({ name, knows }) => ({
  name: `dialects-are-strangers-${name}`,
  severity: 'error',
  comment: `${name}/ ${knows.length ? `may import frontends/${knows.join(', frontends/')} and` : 'stands alone among the frontends; it may import'} the frontend interface, never another dialect. What two dialects share is an op (ops/), a graph helper (graph/) or part of the Python interpreter (frontends/python/).`,
  from: { path: `^${src}frontends/${name}/` },
  to: { path: `^${src}frontends/(${['python', ...dialects.map(dialect => dialect.name)].filter(other => other !== name && !knows.includes(other)).join('|')})/` },
}));

const python = `^${src}frontends/python/`;
/** The only files that may need each other's types: a value holds frames, a frame holds values, the interpreter hands both around. At most eight. */
const kernel = `${python}(binder|environment|interpreter|library|signature|tensor-protocol|tensor-value|values)\\.ts$`;
const aboveOrBeside = row => interior.filter(other => other.room !== row.room && other.floor >= row.floor).map(other => `${other.room}/`).concat(row.floor === 0 ? ['[^/]+\\.ts$'] : []);
const interiorFlowsDown = interior.filter(row => aboveOrBeside(row).length > 0).map(row => ({
  name: `python-${row.room}-imports-down`,
  severity: 'error',
  comment: `frontends/python/${row.room}/ may import ${[...interior.filter(other => other.floor < row.floor).map(other => other.room), ...(row.floor > 1 ? ['the files beside the rooms'] : [])].join(', ') || 'none of the other rooms'}. The library reaches the evaluator through the interpreter it is handed; what both need belongs to objects/.`,
  from: { path: `${python}${row.room}/`, pathNot: tests },
  to: { path: `${python}(${aboveOrBeside(row).join('|')})` },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'Two files that need each other are one file, or share a third one beneath them. Extract that, or pass the one to the other.',
      from: {},
      // A cycle that one `import type` breaks is gone at run time.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-circular-types',
      severity: 'error',
      comment: 'Types that need each other stand in one file. Move the interface both sides speak of beneath them (python/interpreter.ts, a state.ts, a graph.ts).',
      from: { pathNot: [tests, kernel] },
      to: { circular: true },
    },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      comment: 'This import leads nowhere. A generated file? Run `npm run generate`.',
      from: {},
      to: { couldNotResolve: true },
    },
    ...flowDown,
    {
      name: 'rules-see-no-frontend',
      severity: 'error',
      comment: 'A rule reads graph, metrics and energy, so that it works for every framework. Put what it is missing on the graph node (GraphBuilder.apply) and read it there.',
      from: { path: room('rules') },
      to: { path: room('frontends') },
    },
    {
      name: 'rules-import-down',
      severity: 'error',
      comment: `rules/ may import ${allowedFrom(rulesRow).join(', ')}. A rule knows neither the editor nor the report: return data in the finding.`,
      from: { path: room('rules') },
      to: { path: anyOf(rulesForbidden) },
    },
    ...strangers,
    ...interiorFlowsDown,
    {
      name: 'python-kernel-stands-on-syntax',
      severity: 'error',
      comment: 'The files directly in frontends/python/ are what its rooms share: values, frames, tables, the interpreter\'s interface. They import each other and syntax/; of the rooms above them at most types.',
      from: { path: `${python}[^/]+\\.ts$`, pathNot: tests },
      to: { path: `${python}(${interior.filter(row => row.floor > 1).map(row => row.room).join('|')})/`, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'python-sees-no-dialect',
      severity: 'error',
      comment: 'The interpreter knows Python only. A framework contributes tables (library.ts) to it; it is never imported by it.',
      from: { path: `^${src}frontends/python/` },
      to: { path: `^${src}frontends/(${dialects.map(dialect => dialect.name).join('|')})/` },
    },
    {
      name: 'entries-only-start',
      severity: 'error',
      comment: 'server.ts and cli.ts start lsp/ or cli/ and do nothing else; nobody imports them.',
      from: { path: `^${src}[a-z]+/` },
      to: { path: `^${src}[^/]+\\.ts$` },
    },
    {
      name: 'entries-start-lsp-or-cli',
      severity: 'error',
      comment: 'server.ts and cli.ts are at most twenty lines that start lsp/ or cli/ with a host. Put the work there.',
      from: { path: `^${src}[^/]+\\.ts$` },
      to: { path: anyOf(floors.filter(row => row.floor < 8).map(row => row.room)) },
    },
    {
      name: 'wasm-stays-in-syntax',
      severity: 'error',
      comment: 'No wasm object leaves frontends/python/syntax/: lower the tree to our AST there and import ast.ts.',
      from: { path: '^(server|client|shared)/', pathNot: `^${src}frontends/python/syntax/` },
      to: { path: 'node_modules/web-tree-sitter|^web-tree-sitter' },
    },
    {
      name: 'fs-stays-in-host',
      severity: 'error',
      comment: 'The core does no I/O. Take a Host (base/host.ts) as an argument, or return the wanted file in `missing`; host/ implements it.',
      from: { path: `^(${src}|shared/src/)`, pathNot: [`^${src}host/`, tests] },
      to: { ...nodeBuiltins, path: '^(node:)?(fs|child_process|worker_threads|net|http|https|os)(/|$)' },
    },
    {
      name: 'engine-runs-anywhere',
      severity: 'error',
      comment: 'Everything up to engine/ also runs in a browser. What only Node has belongs to host/, lsp/ or cli/ and is passed in (Host, Surroundings).',
      from: { path: anyOf(floors.map(row => row.room).filter(name => !['host', 'lsp', 'cli', 'worker'].includes(name))), pathNot: tests },
      to: nodeBuiltins,
    },
    {
      name: 'connection-stays-in-lsp',
      severity: 'error',
      comment: 'Only lsp/ knows a connection. Elsewhere return plain data; features/ may use the data types of vscode-languageserver-types.',
      from: { path: '^(server|shared)/', pathNot: [`^${src}lsp/`, '^server/(test|bench)/', tests] },
      to: { path: 'node_modules/vscode-(languageserver|languageserver-protocol|jsonrpc)/' },
    },
    {
      name: 'lsp-types-stay-in-features',
      severity: 'error',
      comment: 'Inside, offsets (base/span.ts); only features/ makes LSP data, and engine/ and lsp/ pass it on.',
      from: { path: `^${src}`, pathNot: [anyOf(['features', 'engine', 'lsp']), tests] },
      to: { path: 'node_modules/vscode-languageserver-(types|textdocument)/' },
    },
    {
      name: 'vscode-stays-in-client',
      severity: 'error',
      comment: 'Only client/ knows the editor. The server speaks LSP, and shared/ holds what both say to each other.',
      from: { path: '^(server|shared)/' },
      to: { path: '^vscode$|node_modules/(@types/vscode|vscode-languageclient)/' },
    },
    {
      name: 'client-imports-shared-only',
      severity: 'error',
      comment: 'The client talks to the server over the protocol. Put types that both need into shared/src/.',
      from: { path: '^client/' },
      to: { path: '^server/' },
    },
    {
      name: 'shared-imports-nothing',
      severity: 'error',
      comment: 'shared/ is read by client, server and scripts alike and stands on nothing. Move the code to the side that needs it.',
      from: { path: '^shared/', pathNot: tests },
      to: { pathNot: '^shared/' },
    },
    {
      name: 'no-test-code-in-product',
      severity: 'error',
      comment: 'Tests import the product, never the other way round. server/test/ is harness and suites, server/scripts/ is tooling.',
      from: { path: '^(server/src|client/src|shared/src)/', pathNot: tests },
      to: { path: `^server/(test|scripts|bench)/|${tests}` },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|out)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'], conditionNames: ['import', 'require', 'node', 'default', 'types'], mainFields: ['module', 'main', 'types', 'typings'] },
  },
};
