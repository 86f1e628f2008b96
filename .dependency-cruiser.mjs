/**
 * Who may import whom. A room is allowed what stands here and nothing else: a new one has to be named first.
 *
 * `rooms` are other rooms, or files of them; `packages` come from npm (`vscode` from the editor); `node` stands for Node's own
 * modules.
 *
 * @type {Record<string, { rooms?: string[], packages?: string[], node?: boolean }>}
 */
const ROOMS = {
  'src/shared': { packages: ['valibot'] },
  'src/display': { rooms: ['src/shared'] },
  'src/recording': { rooms: ['src/shared', 'package.json'] },
  'src/tokenizer': { rooms: ['src/shared'], packages: ['tiktoken'], node: true },
  'src/model': { rooms: ['src/shared', 'src/tokenizer', 'models'], packages: ['valibot'], node: true },
  'src/engine': {
    rooms: ['src/shared', 'src/tokenizer', 'src/model', 'models', 'package.json'],
    packages: ['birpc', 'ml-matrix', 'onnxruntime-node', 'valibot'],
    node: true,
  },
  // Arithmetic on what a model is made of, without it.
  'src/anatomy': { rooms: ['src/shared'] },
  // Arithmetic on what two models say, without either.
  'src/comparison': { rooms: ['src/shared'] },
  // A template is run in a thread of its own, because it may never end.
  'src/chat': { rooms: ['src/shared'], packages: ['@huggingface/jinja', 'jsonc-parser'], node: true },
  // What nobody waits for, and what it found, on disk by content.
  'src/background': { rooms: ['src/shared'], node: true },
  // Data sets: lists of documents or conversations in files of any size.
  'src/datasets': {
    rooms: ['src/shared', 'src/background', 'src/chat', 'src/tokenizer', 'src/workspace/files/list-folder'],
    packages: ['birpc', 'csv-parse', 'hyparquet', 'hyparquet-compressors', 'jsonc-parser', 'valibot'],
    node: true,
  },
  // Which files of a folder a model reads, and what it makes of their lines.
  'src/workspace': {
    rooms: ['src/shared', 'src/background', 'src/tokenizer'],
    packages: ['ignore', 'valibot'],
    node: true,
  },
  // Of the model room only what it asks of the machine.
  'src/hub': {
    rooms: ['src/shared', 'src/model/cache/free-disk', 'src/model/cache/available-memory'],
    packages: ['@huggingface/hub', 'valibot'],
    node: true,
  },
  // Models that run on a server. How a long text is cut into windows it has of the workspace room.
  'src/remote': {
    rooms: ['src/shared', 'src/tokenizer', 'src/workspace/windows'],
    packages: ['birpc', 'valibot'],
    node: true,
  },
  'src/inspector': {
    rooms: ['src/shared', 'src/display', 'src/recording', 'src/tokenizer', 'src/comparison', 'src/chat'],
    node: true,
  },
  'src/cli': {
    rooms: [
      'src/shared',
      'src/display',
      'src/recording',
      'src/tokenizer',
      'src/model',
      'src/engine',
      'src/hub',
      'src/remote',
      'src/inspector',
      'src/anatomy',
      'src/comparison',
      'src/chat',
      'src/background',
      'src/datasets',
      'src/workspace',
      'models',
      'package.json',
    ],
    packages: ['commander', 'sarif', 'string-width', 'undici', 'valibot'],
    node: true,
  },
  // The engine is known through its client only; of a model, where the default one is and what a file's header says; of the machine, how much memory is free.
  'src/extension': {
    rooms: [
      'src/shared',
      'src/display',
      'src/tokenizer',
      'src/hub',
      'src/remote',
      'src/inspector',
      'src/anatomy',
      'src/comparison',
      'src/chat',
      'src/background',
      'src/datasets',
      'src/workspace',
      'src/engine/client',
      'src/model/cache/available-memory',
      'src/model/checkpoint/model-chat-template',
      'src/model/checkpoint/model-vocabulary',
      'src/model/checkpoint/summary',
      'src/model/model-report',
      'models/catalogue',
      'models/starting-points',
    ],
    packages: ['birpc', 'valibot', 'vscode'],
    node: true,
  },
  // They run in a browser.
  webviews: {
    // Of the workspace room what adds up lines.
    rooms: ['src/shared', 'src/display', 'src/recording', 'src/anatomy', 'src/comparison', 'src/workspace/map/score'],
    packages: ['@lit/task', '@vscode/webview-ui-toolkit', 'birpc', 'd3-hierarchy', 'd3-scale', 'd3-shape', 'lit'],
  },
  models: { rooms: ['src/shared'], node: true },
  scripts: { rooms: ['src/tokenizer/unicode'], packages: ['@vscode/vsce', 'eld', 'esbuild'], node: true },
  bench: {
    rooms: ['src', 'models', 'scripts', 'test', 'package.json'],
    packages: ['esbuild', 'onnxruntime-node', 'playwright-core', 'tiktoken', 'valibot', 'vscode'],
    node: true,
  },
  test: {
    rooms: [
      'src',
      'webviews',
      'models',
      'scripts',
      'bench',
      'l10n',
      'package.json',
      'package.nls.json',
      'package.nls.es.json',
    ],
    packages: [
      '@huggingface/hub',
      'axe-core',
      'birpc',
      'csv-parse',
      'eld',
      'esbuild',
      'fast-check',
      'hyparquet',
      'marked',
      'onnxruntime-node',
      'playwright-core',
      'sarif',
      'string-width',
      'tiktoken',
      'tokenizers',
      'valibot',
      'vitest',
      'vscode',
    ],
    node: true,
  },
};

const literally = (text) => text.replaceAll('.', '\\.');

/** A room with all that is in it, or a file with or without its ending. */
const pathOf = (room) => `^${literally(room)}(/|\\.ts$|$)`;

/** Where a package is installed, or its types are where it has no code of its own. */
const pathOfPackage = (name) => `(^|/)node_modules/(@types/)?${literally(name)}/`;

const allowed = Object.entries(ROOMS).flatMap(([room, { rooms = [], packages = [], node = false }]) => {
  const from = { path: `^${room}/` };
  return [
    { from, to: { path: [...[room, ...rooms].map(pathOf), ...packages.map(pathOfPackage)] } },
    ...(node ? [{ from, to: { dependencyTypes: ['core'] } }] : []),
  ];
});

export default {
  allowed,
  allowedSeverity: 'error',
  forbidden: [
    { name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'toolkit-in-one-place',
      comment: 'The toolkit is archived: only one module may know it, so that it can be replaced there.',
      severity: 'error',
      from: { pathNot: '^webviews/kit/toolkit\\.ts$' },
      to: { path: pathOfPackage('@vscode/webview-ui-toolkit') },
    },
  ],
  options: {
    // TypeScript 7 has no interface for other programs. This parser sees imports of types too.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^test/fixtures/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.d.ts', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
