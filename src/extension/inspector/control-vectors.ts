import { basename } from 'node:path';
import * as vscode from 'vscode';
import { LOADED_RANGE } from '../../shared/steering';
import { sentenceText } from '../error-text';
import type { Readings } from '../readings/readings';

/** Asks for a control vector, and steers by it. @returns what is odd about it */
export async function loadControlVector(readings: Readings): Promise<string | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Choose a control vector that repeng, llama.cpp or Vitrine has written'),
    openLabel: vscode.l10n.t('Load'),
    filters: { [vscode.l10n.t('Control Vectors')]: ['gguf'], [vscode.l10n.t('All Files')]: ['*'] },
  });
  const path = chosen?.[0]?.fsPath;
  if (path === undefined) return undefined;
  const { values, note } = await readings.engine.controlVector({ path });
  readings.steering = {
    name: basename(path, '.gguf'),
    direction: values,
    coefficient: 1,
    range: LOADED_RANGE,
  };
  return note && sentenceText(note);
}

/** Asks where, and writes the direction there by which the model is steered. @param placeFor where a file of that name is suggested */
export async function saveControlVector(
  { engine, steering }: Readings,
  placeFor: (name: string) => vscode.Uri | undefined,
): Promise<void> {
  if (!steering) return;
  const suggested = placeFor(`${fileName(steering.name)}.gguf`);
  const chosen = await vscode.window.showSaveDialog({
    ...(suggested && { defaultUri: suggested }),
    filters: { [vscode.l10n.t('Control Vectors')]: ['gguf'] },
  });
  if (!chosen) return;
  await vscode.workspace.fs.writeFile(
    chosen,
    await engine.controlVectorFile({ values: Float32Array.from(steering.direction) }),
  );
}

/** Without what a system does not allow in one. */
function fileName(name: string): string {
  return name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '') || 'direction';
}
