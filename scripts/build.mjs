import { build } from 'esbuild';

/** Bundles every entry into dist/. The native runtime and tiktoken's rank tables stay packages. */
await build({
  entryPoints: {
    vitrine: 'src/cli/main.ts',
    engine: 'src/engine/main.ts',
    probe: 'src/engine/providers/probe-main.ts',
  },
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  splitting: true,
  external: ['onnxruntime-node', 'tiktoken'],
  sourcemap: true,
  logLevel: 'warning',
  banner: {
    // Packages bundled from CommonJS ask for Node's own modules with require().
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
});
