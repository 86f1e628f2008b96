import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../../package.json';
import texts from '../../../package.nls.json';

const { contributes, devDependencies, engines } = manifest;
const commands = contributes.commands.map(({ command }) => command);

const sources = readdirSync('src/extension', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => readFileSync(join('src/extension', path), 'utf8'))
  .join('\n');

/** Commands that the sources register, by whichever function. */
const registered = new Set([...sources.matchAll(/registerCommand\(\s*'([\w.]+)'/g)].map(([, command]) => command));

/** Commands that menus, keys, and links of views and of the walkthrough ask for. */
const wanted = Array.from(
  JSON.stringify([contributes, texts]).matchAll(/command(?:":"|:)(vitrine\.\w+)/g),
  ([, command]) => command ?? '',
);

describe('the manifest', () => {
  it('activates the extension for what it contributes, and for what a reloaded window gets back: colours and a panel', () => {
    expect(manifest.activationEvents).toEqual(['onStartupFinished', 'onWebviewPanel:vitrine.inspector']);
  });

  it('asks for the editor whose API it is compiled against', () => {
    expect(engines.vscode).toBe(`^${devDependencies['@types/vscode']}`);
  });

  it.each(contributes.commands)('has a title and the category for $command, and the sources register it', (command) => {
    expect(command.category).toBe('Vitrine');
    expect(texts).toHaveProperty([command.title.slice(1, -1)]);
    expect(registered).toContain(command.command);
  });

  it('asks for no command that it does not contribute', () => {
    expect(wanted.filter((command) => !commands.includes(command))).toEqual([]);
  });

  it('asks for no view that the sources do not fill', () => {
    for (const { id } of Object.values(contributes.views).flat()) expect(sources).toContain(`'${id}'`);
  });

  it.each(Object.entries(contributes.configuration.properties))(
    'describes %s, with a scope and a default',
    (_, setting) => {
      expect(texts).toHaveProperty([setting.markdownDescription.slice(1, -1)]);
      expect(setting.scope).toMatch(/^(machine|machine-overridable|window|resource)$/);
      const type = Array.isArray(setting.default) ? 'array' : typeof setting.default;
      expect(type).toBe(setting.type === 'integer' ? 'number' : setting.type);
    },
  );

  it.each(['cacheFolder', 'servers'] as const)('lets no workspace set %s', (name) => {
    expect(contributes.configuration.properties[`vitrine.${name}`].scope).toBe('machine');
  });

  it('names files that are there', () => {
    const paths = [...JSON.stringify(manifest).matchAll(/"((?:media|examples)\/[^"]+)"/g)].map(
      ([, path]) => path ?? '',
    );
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  });
});
