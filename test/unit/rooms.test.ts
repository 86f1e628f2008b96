import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder';

const root = fileURLToPath(new URL('../..', import.meta.url));

type Import = readonly [room: string, imported: string];

const REFUSED: Import[] = [
  ['src/shared', 'src/engine'],
  ['src/shared', 'src/display'],
  ['src/shared', 'node:fs'],
  ['src/display', 'src/recording'],
  ['src/tokenizer', 'src/model'],
  ['src/tokenizer', 'src/engine/client'],
  ['src/model', 'src/engine'],
  ['src/model', 'src/display'],
  ['src/engine', 'src/display'],
  ['src/tokenizer', 'src/display'],
  ['src/model', 'src/cli'],
  ['src/engine', 'src/cli'],
  ['src/engine', 'vscode'],
  ['src/engine', 'src/inspector'],
  ['src/inspector', 'src/engine/client'],
  ['src/inspector', 'src/extension'],
  ['src/engine', 'src/hub'],
  ['src/hub', 'src/model'],
  ['src/hub', 'src/tokenizer'],
  ['src/cli', 'vscode'],
  ['src/cli', 'src/extension'],
  ['src/extension', 'src/engine'],
  ['src/extension', 'src/model'],
  ['webviews', 'src/tokenizer'],
  ['webviews', 'src/inspector'],
  ['webviews', 'node:fs'],
  ['webviews', '@vscode/webview-ui-toolkit'],
  ['src/novelty', 'src/shared'],
  ['src/novelty', 'src/novelty/part'],
  ['src/engine', 'src/novelty'],
];

const ALLOWED: Import[] = [
  ['src/tokenizer', 'src/shared'],
  ['src/model', 'src/tokenizer'],
  ['src/engine', 'src/model'],
  ['src/engine', 'node:fs'],
  ['src/cli', 'src/engine/client'],
  ['src/hub', '@huggingface/hub'],
  ['src/cli', 'src/hub'],
  ['src/cli', 'src/inspector'],
  ['src/inspector', 'src/tokenizer'],
  ['src/extension', 'src/inspector'],
  ['src/extension', 'src/engine/client'],
  ['src/extension', 'src/extension/engine'],
  ['src/extension', 'vscode'],
  ['webviews', 'src/shared'],
  ['webviews', 'webviews/kit'],
  ['webviews/kit/toolkit.ts', '@vscode/webview-ui-toolkit'],
];

/** What the project's own rules say against these files. */
function violationsIn(files: Record<string, string>): { from: string; rule: { name: string } }[] {
  const folder = temporaryFolder();
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const rooms = ['src', 'webviews'].filter((room) => existsSync(join(folder, room)));
  const args = ['--config', join(root, '.dependency-cruiser.mjs'), '-T', 'json', ...rooms];
  const options = { cwd: folder, encoding: 'utf8' } as const;
  const { stdout } = spawnSync(join(root, 'node_modules/.bin/depcruise'), args, options);
  return JSON.parse(stdout).summary.violations;
}

/** A file of a room that imports the type of a module or of a package, and the module. */
function filesWith([room, imported]: Import): { importer: string; files: Record<string, string> } {
  const importer = room.endsWith('.ts') ? room : `${room}/imports-${imported.replaceAll(/\W/g, '-')}.ts`;
  const importing = (from: string) => ({ [importer]: `import type { X } from '${from}';\nexport type Y = X;\n` });
  if (!/^(src|webviews)\b/.test(imported)) return { importer, files: importing(imported) };
  const path = relative(dirname(importer), `${imported}/module`);
  const files = importing(path.startsWith('.') ? path : `./${path}`);
  return { importer, files: { ...files, [`${imported}/module.ts`]: 'export type X = 1;\n' } };
}

/** The importing files of these imports, and those of them that are refused. */
function judge(imports: readonly Import[]): { importers: string[]; refused: string[] } {
  const cases = imports.map(filesWith);
  const violations = violationsIn(Object.assign({}, ...cases.map(({ files }) => files)));
  const importers = cases.map(({ importer }) => importer);
  return { importers, refused: importers.filter((file) => violations.some(({ from }) => from === file)) };
}

it('refuses every import that is not allowed, of types too, and all of a room that is not named', () => {
  const { importers, refused } = judge(REFUSED);
  expect(refused).toEqual(importers);
});

it('lets a room import what its row allows', () => {
  expect(judge(ALLOWED).refused).toEqual([]);
});

it('refuses that files import each other in a circle, types included', () => {
  const violations = violationsIn({
    'src/display/a.ts': "import { b } from './b';\nexport interface A {}\nexport const a: A = b;\n",
    'src/display/b.ts': "import type { A } from './a';\nexport const b: A = {};\n",
  });
  expect(violations.map(({ rule }) => rule.name)).toContain('no-circle');
});

it('leaves the tags of the toolkit to its one module, so that views are bound by its rules', () => {
  const files = readdirSync(join(root, 'webviews'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const hasTags = (file: string) =>
    /<vscode-|\bvscode-(button|text-field|text-area)\b(?!-)/.test(readFileSync(join(root, 'webviews', file), 'utf8'));
  expect(files.filter(hasTags)).toEqual([join('kit', 'toolkit.ts')]);
});
