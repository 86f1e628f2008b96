import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Receiver, ServerConsents } from '../../../src/extension/server/consents';

const person = vi.hoisted(() => ({
  asked: [] as string[],
  buttons: [] as string[],
  answers: [] as (string | undefined)[],
}));

const editor = vi.hoisted(() => ({ name: 'a workspace', workspaceFile: 'file:///a.code-workspace' }));

vi.mock('vscode', async () => ({
  ...(await import('../../support/editor-api')),
  l10n: { t: (text: string, ...values: string[]) => text.replace(/\{(\d)\}/g, (_, i) => String(values[i])) },
  workspace: editor,
  window: {
    showWarningMessage: async (question: string, _: unknown, ...buttons: string[]) => {
      person.asked.push(question);
      person.buttons = buttons;
      return person.answers.shift();
    },
  },
}));

const memento = () => {
  const values = new Map<string, unknown>();
  return {
    get: (key: string, otherwise: unknown) => values.get(key) ?? otherwise,
    update: async (key: string, value: unknown) => void values.set(key, value),
  };
};

const globalState = memento();
const windowOf = (workspaceState = memento()) => new ServerConsents({ globalState, workspaceState } as never);
const at = (address: string): Receiver => ({ address, host: new URL(address).host, model: 'm', isLoopback: false });
const SERVER = at('https://gpu.example:8000/team');
const TEXT = { characters: 1234, bytes: 2345 };
const FILES = { files: 12, bytes: 3e6 };

beforeEach(async () => {
  await windowOf().forgetAll();
  Object.assign(person, { asked: [], answers: [] });
});

describe('a text that is about to go to a server', () => {
  it('is asked about once for each server, with its size, whatever window asks', async () => {
    person.answers = ['Send', 'Send'];
    await windowOf().ask(SERVER, TEXT);
    await windowOf().ask(SERVER, { characters: 9, bytes: 9 });
    await windowOf().ask(at('https://gpu.example:8001'), TEXT);
    expect(person.asked).toEqual([
      'Send a text of 1,234 characters (2.3 kB) to gpu.example:8000?',
      'Send a text of 1,234 characters (2.3 kB) to gpu.example:8001?',
    ]);
  });

  it('is asked about anew in another workspace, and once more in each where all is forgotten', async () => {
    person.answers = ['Send', 'Send', 'Send'];
    await windowOf().ask(SERVER, TEXT);
    editor.workspaceFile = 'file:///b.code-workspace';
    expect(() => windowOf().check(SERVER)).toThrow('Nothing was sent');
    await windowOf().ask(SERVER, TEXT);
    await windowOf().forgetAll();
    editor.workspaceFile = 'file:///a.code-workspace';
    await windowOf().ask(SERVER, TEXT);
    expect(person.asked).toHaveLength(3);
  });

  it('is asked about once where several are about to go at the same time', async () => {
    person.answers = ['Send'];
    const consents = windowOf();
    await Promise.all([consents.ask(SERVER, TEXT), consents.ask(SERVER, TEXT), consents.ask(SERVER, TEXT)]);
    expect(person.asked).toHaveLength(1);
  });

  it('does not go where a person closes the question, who is asked again the next time', async () => {
    const consents = windowOf();
    await expect(consents.ask(SERVER, TEXT)).rejects.toThrow();
    expect(() => consents.check(SERVER)).toThrow('Nothing was sent to gpu.example:8000');
    person.answers = ['Send'];
    await consents.ask(SERVER, TEXT);
    consents.check(SERVER);
    expect(person.asked).toHaveLength(2);
  });

  it('does not go by a key that somebody presses who is typing: the button that has the focus sends nothing', async () => {
    const consents = windowOf();
    await expect(consents.ask(SERVER, TEXT)).rejects.toThrow();
    person.answers = [person.buttons[0]];
    await expect(consents.ask(SERVER, TEXT)).rejects.toThrow();
    expect(() => consents.check(SERVER)).toThrow('Nothing was sent');
    expect(person.buttons).toContain('Send');
  });

  it('goes to no server from a workspace of which a person has said so, until that is forgotten', async () => {
    const workspaceState = memento();
    person.answers = ['Send', 'Never from This Workspace', 'Send'];
    await windowOf().ask(at('https://other.example'), TEXT);
    await expect(windowOf(workspaceState).ask(SERVER, TEXT)).rejects.toThrow();
    const consents = windowOf(workspaceState);
    await expect(consents.ask(SERVER, TEXT)).rejects.toThrow();
    await expect(consents.ask(at('https://other.example'), TEXT)).rejects.toThrow();
    expect(() => consents.check(at('https://other.example'))).toThrow('Nothing was sent');
    expect(person.asked).toHaveLength(2);
    await consents.forgetAll();
    await consents.ask(SERVER, TEXT);
  });
});

describe('what is read in the background', () => {
  it('is asked about in each window, also where texts may go', async () => {
    person.answers = ['Send', 'Send', 'Send'];
    const consents = windowOf();
    await consents.ask(SERVER, TEXT);
    expect(() => consents.checkBulk(SERVER)).toThrow('Nothing was sent');
    await consents.ask(SERVER, FILES);
    consents.checkBulk(SERVER);
    await consents.ask(SERVER, { rows: 5, bytes: 5 });
    expect(() => windowOf().checkBulk(SERVER)).toThrow('Nothing was sent');
    expect(person.asked.slice(1)).toEqual(['Send 12 files (3.0 MB) to gpu.example:8000?']);
  });

  it('is no leave for texts, of which nobody has been told the size', async () => {
    person.answers = ['Send'];
    const consents = windowOf();
    await consents.ask(SERVER, FILES);
    expect(() => consents.check(SERVER)).toThrow('Nothing was sent');
    expect(() => windowOf().check(SERVER)).toThrow('Nothing was sent');
  });
});
