import { homedir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import * as vscode from 'vscode';
import { VitrineError } from '../../shared/errors';

/** A server as the setting `vitrine.servers` has it. A key is never among it. */
export interface ServerEntry {
  /** What a person calls it. */
  name?: string | undefined;
  address: string;
  /** As the server calls it; may be left out where it has one only. */
  model?: string | undefined;
  /** The path of a GGUF file, of a tokenizer.json or of a folder with one, or OWNER/NAME of the hub. */
  vocabulary?: string | undefined;
  /** Tokens that are read at once. */
  windowTokens?: number | undefined;
}

const entries = v.array(
  v.object({
    name: v.optional(v.string()),
    address: v.string(),
    model: v.optional(v.string()),
    vocabulary: v.optional(v.string()),
    windowTokens: v.optional(v.pipe(v.number(), v.integer(), v.minValue(2))),
  }),
);

const configuration = () => vscode.workspace.getConfiguration('vitrine');

/** Those that the user's own settings name: a workspace's have no say. @throws VitrineError `server.setting` */
export function savedServers(): ServerEntry[] {
  const { success, output } = v.safeParse(entries, configuration().inspect('servers')?.globalValue ?? []);
  if (success) return output;
  throw new VitrineError(
    'server.setting',
    vscode.l10n.t(
      'The setting vitrine.servers is not a list of servers. Each needs an address, and may have a name, a model, a vocabulary and windowTokens.',
    ),
  );
}

/** Keeps a server in the user's settings, in the place of what they have of this model. */
export async function saveServer(entry: ServerEntry): Promise<void> {
  const others = savedServers().filter((saved) => !isOf(saved, entry));
  await configuration().update('servers', [...others, entry], vscode.ConfigurationTarget.Global);
}

/** Whether the settings have a model of a server as it is. */
export const isSaved = (entry: ServerEntry): boolean =>
  savedServers().some((saved) => isOf(saved, entry) && (saved.vocabulary ?? entry.vocabulary) === entry.vocabulary);

/** Whether an entry, which may name no model, is of the same one as another that does. */
export const isOf = (entry: ServerEntry, { address, model }: ServerEntry): boolean =>
  entry.address === address && (entry.model ?? model) === model;

/** With the home folder in the place of `~`. */
export const expanded = (path: string): string => path.replace(/^~(?=[/\\])/, () => join(homedir()));
