import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';

const common = {
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20',
  sourcemap: true,
  metafile: true,
  logLevel: 'warning',
  // Its CommonJS form loads its parts in a way that a bundle loses.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
};

/** Bundles every entry into dist/. The native runtime and tiktoken's rank tables stay packages. */
const programs = await build({
  entryPoints: {
    vitrine: 'src/cli/main.ts',
    engine: 'src/engine/main.ts',
    pulse: 'src/engine/pulse-main.ts',
    trial: 'src/engine/providers/trial-main.ts',
    'chat-worker': 'src/chat/worker-main.ts',
    'funnel-worker': 'src/datasets/funnel/worker-main.ts',
    'answer-worker': 'src/remote/worker-main.ts',
  },
  ...common,
  format: 'esm',
  external: ['onnxruntime-node', 'tiktoken'],
  banner: {
    // Packages bundled from CommonJS ask for Node's own modules with require().
    js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
  },
});

/** Style sheets of elements without their indentation, which esbuild leaves in templates: every exported file holds them. */
const compactStyles = {
  name: 'compact-styles',
  setup({ onLoad }) {
    onLoad({ filter: /\/webviews\/.*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      return { contents: source.replaceAll(/css`[^`]*`/g, (styles) => styles.replaceAll(/\s+/g, ' ')), loader: 'ts' };
    });
  },
};

const webviews = await build({
  ...common,
  outdir: 'dist/webviews',
  entryPoints: {
    inspector: 'webviews/main.ts',
    dataset: 'webviews/dataset/main.ts',
    lesson: 'webviews/lesson/main.ts',
    map: 'webviews/map/main.ts',
    page: 'webviews/page.css',
    standalone: 'webviews/standalone.css',
  },
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  minify: true,
  legalComments: 'none',
  tsconfig: 'webviews/tsconfig.json',
  plugins: [compactStyles],
});

/**
 * The editor's API, which comes by `require`, in one module of the bundle: else esbuild copies its hundreds of names for
 * every module that imports them, which is half of the time that the bundle takes to load.
 */
const vscodeOnce = {
  name: 'vscode-once',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
      namespace === 'vscode-once' ? { path: 'vscode', external: true } : { path: 'vscode', namespace: 'vscode-once' },
    );
    onLoad({ filter: /./, namespace: 'vscode-once' }, () => ({ contents: "export * from 'vscode';" }));
  },
};

// The editor loads its extensions as CommonJS.
const extension = await build({
  ...common,
  entryPoints: { extension: 'src/extension/extension.ts' },
  // What packages have for Node alone may ask for files of theirs by names that are no longer there.
  mainFields: ['module', 'main'],
  outExtension: { '.js': '.cjs' },
  format: 'cjs',
  plugins: [vscodeOnce],
  external: ['tiktoken'],
  define: { 'import.meta.url': 'bundleUrl' },
  banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
});

/** Of each bundle, by its path, esbuild's account of what is in it. */
export const bundles = { ...programs.metafile.outputs, ...extension.metafile.outputs, ...webviews.metafile.outputs };
