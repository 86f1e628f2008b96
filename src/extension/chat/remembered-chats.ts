import * as v from 'valibot';
import * as vscode from 'vscode';

const KEY = 'vitrine.chats';

/** Addresses of the documents that a window has read as chats, and still has open when it is loaded again. */
export function rememberedChats(memento: vscode.Memento): string[] {
  const { output, success } = v.safeParse(v.array(v.string()), memento.get(KEY));
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const open = new Set(tabs.flatMap(({ input }) => pathOf(input)));
  return success ? output.filter((uri) => open.has(vscode.Uri.parse(uri).path)) : [];
}

export async function rememberChats(memento: vscode.Memento, uris: readonly string[]): Promise<void> {
  await memento.update(KEY, uris);
}

/** A cell has the path of its notebook. */
function pathOf(input: unknown): string[] {
  const hasPath = input instanceof vscode.TabInputText || input instanceof vscode.TabInputNotebook;
  return hasPath ? [input.uri.path] : [];
}
