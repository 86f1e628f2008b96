import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { EngineHost } from '../../../src/extension/engine/engine-host';
import { connectToServer } from '../../../src/extension/server/connect-to-server';
// The window loads it when somebody wants a server, which takes a second here.
import '../../../src/extension/server/served-form';
import type { ChosenEntry } from '../../../src/extension/server/served-form';
import { WindowServer } from '../../../src/extension/server/window-server';
import { temporaryFolder } from '../../support/temporary-folder';

vi.mock('vscode', async () => {
  const editor = await import('../../support/editor-api');
  const token = { isCancellationRequested: false, onCancellationRequested: () => new editor.Disposable(() => {}) };
  return {
    ...editor,
    ProgressLocation: { Notification: 15 },
    window: { withProgress: (_: unknown, work: (...of: unknown[]) => unknown) => work({}, token) },
    workspace: { ...editor.workspace, isTrusted: true },
  };
});

/** A model of a server that is never done with its first answer. */
async function silentModel(model: string): Promise<ChosenEntry> {
  const server = createServer(() => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, model, tokenizer: undefined };
}

it('stays with the server that was chosen last, where the one before was still being connected to', async () => {
  const state = { get: (_: string, otherwise: unknown) => otherwise, update: async () => {} };
  const secrets = { get: async () => undefined };
  const context = {
    secrets,
    globalState: state,
    workspaceState: state,
    globalStorageUri: { fsPath: temporaryFolder() },
  };
  const server = new WindowServer(context as never);
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const host = new EngineHost(log as never, server.modelChoice);
  onTestFinished(() => host.dispose());
  const entries = [await silentModel('first'), await silentModel('second')];
  vi.spyOn(server, 'choose').mockImplementation(async () => entries.shift());
  const first = connectToServer(server, host);
  await vi.waitFor(() => expect(server.entry?.model).toBe('first'));
  await vi.waitFor(() => expect(host.isBusy).toBe(true));
  const second = connectToServer(server, host);
  await first;
  await vi.waitFor(() => expect(server.entry?.model).toBe('second'));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(server.entry?.model).toBe('second');
  server.leave();
  await second;
});
