import * as v from 'valibot';
import type * as vscode from 'vscode';
import type { ComparedChoice } from './choice';

const KEY = 'vitrine.compared';

const schema = v.variant('kind', [
  v.object({ kind: v.literal('model'), setting: v.string() }),
  v.object({ kind: v.literal('adapter'), path: v.string() }),
  v.object({ kind: v.literal('weights'), weights: v.picklist(['float32', 'packed', 'q8_0', 'q4_0']) }),
  v.object({ kind: v.picklist(['chatTemplate', 'heads', 'steering']) }),
]);

/** What a window compared with last. */
export function rememberedChoice(memento: vscode.Memento): ComparedChoice | undefined {
  const { output, success } = v.safeParse(schema, memento.get(KEY));
  return success ? output : undefined;
}

export async function rememberChoice(memento: vscode.Memento, choice: ComparedChoice): Promise<void> {
  await memento.update(KEY, choice);
}
