import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import manifest from '../../../package.json';
import { actionFor } from '../../../src/extension/error-actions';

vi.mock('vscode', () => import('../../support/editor-api'));

const commands = manifest.contributes.commands.map(({ command }) => command);

/** Codes of what can go wrong with a server, as the sources have them. */
const codes = ['src/remote', 'src/extension/server'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) => readFileSync(join(folder, path), 'utf8').match(/'(?:server|capability)\.\w+'/g) ?? [])
    .map((code) => code.slice(1, -1)),
);

describe('what may mend trouble with a server', () => {
  it.each([...new Set(codes)])('is a command that the editor has, after %s', (code) => {
    const { command } = actionFor(code, false);
    expect(command.startsWith('workbench.') || commands.includes(command)).toBe(true);
  });

  it.each([
    ['server.unreachable', 'vitrine.restartEngine'],
    ['server.changed', 'vitrine.restartEngine'],
    ['server.key', 'vitrine.giveServerKey'],
    ['server.vocabulary', 'vitrine.chooseServerVocabulary'],
    ['server.noModel', 'vitrine.connectToServer'],
    ['capability.absent', 'vitrine.useLocalModel'],
  ])('after %s is %s', (code, command) => expect(actionFor(code, false).command).toBe(command));

  it('is another choice where the server has the model that the text is held against', () => {
    expect(actionFor('server.key', true).command).toBe('vitrine.compareWith');
  });
});
