import { visibleBytes, visibleText } from '../../src/display/glyphs';
import type { TokenDescription } from '../../src/shared/engine-api';
import type { Lenses } from '../../src/shared/inspector-api';
import { t } from '../l10n';

const REPLACEMENT = '\ufffd';
const encoder = new TextEncoder();

/** A token that could stand somewhere, as something to look at; where it is no whole characters, its bytes. */
export function candidateLabel({ id, text, bytes }: Pick<TokenDescription, 'text' | 'bytes'> & { id: number }): string {
  if (bytes === '') return t('[id {0}, no text]', String(id));
  return text.includes(REPLACEMENT) && hexOf(text) !== bytes ? visibleBytes(bytes) : visibleText(text);
}

/** The labels of some token ids, by id. @param asked of the model that the text is compared with, where they are its own */
export async function candidateLabels(
  lenses: Lenses,
  ids: Iterable<number>,
  asked: { model?: 'compared' } = {},
): Promise<ReadonlyMap<number, string>> {
  const unique = [...new Set(ids)];
  const descriptions = await lenses.describe({ ids: unique, ...asked });
  return new Map(
    descriptions.map((description, index) => {
      const id = unique[index] ?? 0;
      return [id, candidateLabel({ ...description, id })];
    }),
  );
}

function hexOf(text: string): string {
  return Array.from(encoder.encode(text), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
