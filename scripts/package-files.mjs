import { readdirSync } from 'node:fs';

const API_DEFINITION = 'src/extension/api/vitrine.d.ts';

/** Everything that is the same on every platform. Sources, tests and the command line stay out. */
const OWN = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'dist/engine.js',
  'dist/extension.cjs',
  'dist/trial.js',
  'dist/pulse.js',
  'dist/chat-worker.js',
  'dist/funnel-worker.js',
  'dist/answer-worker.js',
  'dist/webviews',
  'docs',
  'examples',
  'l10n',
  'media',
  'models',
  'package.nls.es.json',
  'package.nls.json',
  // docs/api.md leads to it: other extensions copy it.
  API_DEFINITION,
];

/** Packages that the bundles load at run time: the native runtime, and the rank tables of tiktoken. */
const MODULES = {
  'onnxruntime-node': ['package.json', 'dist'],
  'onnxruntime-common': ['package.json', 'dist/cjs'],
  tiktoken: [
    'package.json',
    ...['gpt2', 'r50k_base', 'p50k_base', 'cl100k_base', 'o200k_base'].map((name) => `encoders/${name}.json`),
  ],
};

export const packagedModules = Object.keys(MODULES);

/**
 * The files and folders of a platform's package.
 *
 * @param {string} target Platform and processor, such as linux-x64.
 * @returns {[from: string, to: string][]}
 */
export function packageFiles(target) {
  const known = runtimes();
  if (!known.includes(target)) {
    throw new Error(
      `There is no package for ${target}: onnxruntime-node has no runtime for it. It has ${known.join(', ')}.`,
    );
  }
  const native = `onnxruntime-node/bin/napi-v6/${target.replace('-', '/')}`;
  const modules = Object.entries(MODULES).flatMap(([name, parts]) => parts.map((part) => `${name}/${part}`));
  return [
    ...OWN.map((path) => [path, path]),
    // Beside the bundles that load them.
    ...[...modules, native].map((path) => [`node_modules/${path}`, `dist/node_modules/${path}`]),
  ];
}

/** Leaves out what is only for building, and the copy of the runtime that macOS' binding does not name. */
export function isWanted(path) {
  return path === API_DEFINITION || !/\.(d\.ts|ts|map)$|libonnxruntime\.\d+\.\d+\.\d+\.dylib$/.test(path);
}

function runtimes() {
  const folder = 'node_modules/onnxruntime-node/bin/napi-v6';
  return readdirSync(folder).flatMap((system) =>
    readdirSync(`${folder}/${system}`).map((processor) => `${system}-${processor}`),
  );
}
