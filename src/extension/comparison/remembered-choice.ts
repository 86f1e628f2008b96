import * as v from 'valibot';
import type * as vscode from 'vscode';
import { COMPARED_FORMS } from '../../shared/comparisons';
import type { ComparedChoice } from './choice';

const KEY = 'vitrine.compared';
/** Whether that is what the window compares with. */
const KEY_ON = 'vitrine.comparing';

const schema = v.variant('kind', [
  v.object({ kind: v.literal('model'), setting: v.string() }),
  v.object({ kind: v.literal('adapter'), path: v.string() }),
  v.object({ kind: v.literal('weights'), weights: v.picklist(COMPARED_FORMS) }),
  v.object({ kind: v.picklist(['chatTemplate', 'heads', 'steering']) }),
]);

/** What a window compared with last. */
export function rememberedChoice(memento: vscode.Memento): ComparedChoice | undefined {
  const { output, success } = v.safeParse(schema, memento.get(KEY));
  return success ? output : undefined;
}

/** What a window that is loaded again goes on to compare with: heads and a direction it no longer has. */
export function restoredChoice(memento: vscode.Memento): ComparedChoice | undefined {
  const choice = memento.get(KEY_ON) ? rememberedChoice(memento) : undefined;
  return choice?.kind === 'heads' || choice?.kind === 'steering' ? undefined : choice;
}

/** @param choice undefined where nothing is compared any more */
export async function rememberChoice(memento: vscode.Memento, choice: ComparedChoice | undefined): Promise<void> {
  // A server is chosen for one window, as long as it lives.
  const kept = choice?.kind === 'server' ? undefined : choice;
  await memento.update(KEY_ON, kept !== undefined);
  if (kept) await memento.update(KEY, kept);
}
