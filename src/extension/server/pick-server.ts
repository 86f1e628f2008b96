import * as vscode from 'vscode';
import { modelServer } from '../../remote/model-server';
import { errorText } from '../error-text';
import { pickOrType } from '../pick-or-type';
import type { ServerEntry } from './server-entry';

type ServerItem = vscode.QuickPickItem & { entry: ServerEntry };

/** Asks which server: one that is known, or any by its address. Nothing is sent for that. */
export async function pickServer(title: string, known: readonly ServerEntry[]): Promise<ServerEntry | undefined> {
  const { t } = vscode.l10n;
  const chosen = await pickOrType<ServerItem>({
    title,
    placeholder: t('The address of a server that runs models, such as https://HOST:PORT'),
    known: known.map(knownItem),
    typed: typedItems,
  });
  return chosen?.entry;
}

function knownItem(entry: ServerEntry): ServerItem {
  const { name, address, model } = entry;
  return {
    label: `$(server) ${name ?? model ?? address}`,
    description: [...(name !== undefined && model !== undefined ? [model] : []), address].join(' · '),
    entry,
  };
}

/** What has been typed; what is wrong with it stands beside. */
function typedItems(value: string): ServerItem[] {
  const typed = value.trim();
  if (!/[.:/\]]|^localhost/.test(typed)) return [];
  const entry = { address: withProtocol(typed) };
  return [{ label: `$(server) ${entry.address}`, ...faultOf(entry), alwaysShow: true, entry }];
}

/** Nobody needs https on this machine. */
function withProtocol(typed: string): string {
  if (typed.includes('://')) return typed;
  return `${/^(localhost|127\.|\[::1\])/.test(typed) ? 'http' : 'https'}://${typed}`;
}

function faultOf({ address }: ServerEntry): { detail?: string } {
  try {
    modelServer({ address, fetch });
    return {};
  } catch (error) {
    return { detail: errorText(error) };
  }
}
