import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Server } from './server';

const NAME = 'no-free-memory';
const manifest = {
  name: NAME,
  publisher: 'test',
  version: '1.0.0',
  engines: { vscode: '^1.90.0' },
  main: './main.js',
  activationEvents: ['*'],
};
const main = `require('node:os').freemem = () => 0; exports.activate = () => {};`;

/** Has the system tell extensions of windows that are loaded from now on that no memory is free: another extension takes its place. */
export function takeFreeMemory({ extensions }: Server): void {
  const folder = join(extensions, NAME);
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'main.js'), main);
  // Whatever is not in its list the workbench does not load.
  const list = join(extensions, 'extensions.json');
  const location = { $mid: 1, path: folder, scheme: 'file' };
  const { version } = manifest;
  const added = { identifier: { id: `test.${NAME}` }, version, location, relativeLocation: NAME };
  writeFileSync(list, JSON.stringify([...JSON.parse(readFileSync(list, 'utf8')), added]));
}
