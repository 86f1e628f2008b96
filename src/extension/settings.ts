import { isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import { hueOfHex } from '../display/colour';
import { VitrineError } from '../shared/errors';
import type { AskedStorage, Provider } from '../shared/request-fields';

const SECTION = 'vitrine';
const BYTES_PER_GB = 1e9;
const MINUTE_MS = 60_000;

/** The settings under `vitrine.*`, as the rest of the extension wants them. Defaults stand in package.json. */
export const settings = {
  /** A path, or a model of Ollama's by its name; empty for the model that comes with Vitrine. */
  model: (): string => read<string>('model') ?? '',
  /** The path of what is merged into the model. */
  adapter: (): string | undefined => read<string>('adapter') || undefined,
  tokenizer: (): string => read<string>('tokenizer') ?? 'model',
  provider: (): Provider => read<Provider>('provider') ?? 'auto',
  weights: (): AskedStorage => read<AskedStorage>('weights') ?? 'auto',
  threads: (): number | undefined => read<number>('threads') || undefined,
  /** Undefined: as much as the model reads. */
  contextLimit: (): number | undefined => read<number>('contextLimit') || undefined,
  /** Tokens that are read before what is seen of a text; undefined: as many as fit. */
  contextBefore: (): number | undefined => read<number>('contextBefore') || undefined,
  maskSink: (): boolean => read<boolean>('maskSink') ?? true,
  /** Whether bands are on in a window from the start. */
  bands: (): boolean => read<boolean>('bands') ?? false,
  /** Of the colours that are set, in degrees. */
  hues: () => {
    const { surprisal = '', entropy = '', attention = '' } = read<Record<string, string>>('colours') ?? {};
    return { warm: hueOfHex(surprisal), violet: hueOfHex(entropy), blue: hueOfHex(attention) };
  },
  /** Bits from which on a token is coloured. */
  colourFrom: (): number => read<number>('colourFrom') ?? 0,
  colourComments: (): boolean => read<boolean>('colourComments') ?? true,
  fileBadges: (): boolean => read<boolean>('fileBadges') ?? false,
  /** Whether the most surprising lines of a change are hints. */
  problems: (): boolean => read<boolean>('problems') ?? false,
  showWhitespace: (): boolean => read<boolean>('showWhitespace') ?? false,
  idleUnloadMs: (): number => (read<number>('idleUnloadMinutes') ?? 0) * MINUTE_MS,
  memoryLimitBytes: (): number => (read<number>('memoryLimitGB') ?? 0) * BYTES_PER_GB,
  /** No folder: the system's own place. @throws VitrineError `cache.relative` */
  cache: (): { folder: string | undefined; limitBytes: number } => ({
    folder: cacheFolder(),
    limitBytes: (read<number>('cacheSizeGB') ?? 0) * BYTES_PER_GB,
  }),
};

/** Only the user's own: a workspace that somebody else has made may not say where this machine is written to. */
function cacheFolder(): string | undefined {
  const folder = vscode.workspace.getConfiguration(SECTION).inspect<string>('cacheFolder')?.globalValue || undefined;
  if (folder === undefined || isAbsolute(folder)) return folder;
  throw new VitrineError(
    'cache.relative',
    vscode.l10n.t(
      'The setting vitrine.cacheFolder is {0}, which is not a whole path. Give one that begins at the root.',
      folder,
    ),
  );
}

export type SettingName =
  | 'model'
  | 'adapter'
  | 'tokenizer'
  | 'provider'
  | 'weights'
  | 'threads'
  | 'contextLimit'
  | 'contextBefore'
  | 'maskSink'
  | 'showWhitespace'
  | 'bands'
  | 'colours'
  | 'colourFrom'
  | 'problems'
  | 'colourComments'
  | 'fileBadges'
  | 'memoryLimitGB'
  | 'idleUnloadMinutes'
  | 'cacheFolder'
  | 'cacheSizeGB';

/** Calls `listener` whenever one of the settings changes. */
export function onSettingsChange(names: readonly SettingName[], listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (names.some((name) => event.affectsConfiguration(`${SECTION}.${name}`))) listener();
  });
}

/** Writes a setting where it is set already, or for the user, and waits until all who listen have heard of it. */
export async function changeSetting(name: SettingName, value: string | boolean | undefined): Promise<void> {
  const inspect = () => vscode.workspace.getConfiguration(SECTION).inspect<string | boolean>(name);
  const inWorkspace = inspect()?.workspaceValue !== undefined;
  const target = inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  const isWritten = () => (inWorkspace ? inspect()?.workspaceValue : inspect()?.globalValue) === value;
  await vscode.workspace.getConfiguration(SECTION).update(name, value, target);
  // The editor may answer before it tells of the change: an engine that is started in between would be stopped by it.
  while (!isWritten()) await nextChange(name);
}

function nextChange(name: SettingName): Promise<void> {
  return new Promise((resolve) => {
    const listening = onSettingsChange([name], () => {
      listening.dispose();
      resolve();
    });
  });
}

function read<T>(name: SettingName): T | undefined {
  return vscode.workspace.getConfiguration(SECTION).get<T>(name);
}
