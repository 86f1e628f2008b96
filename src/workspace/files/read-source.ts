import { readFile } from 'node:fs/promises';
import type { LeftOut } from '../../shared/workspace-api';
import { leftOutByText } from './left-out-content';

/** A file of code as it is read, or why it is not. */
export type Source = { text: string } | { leftOut: LeftOut };

/** Where Git looks for a byte that no text has. */
const BINARY_BYTES = 8000;

/** The text of a file, without a byte order mark. Never rejects: what cannot be read is left out. */
export async function readSource(path: string, languageId: string): Promise<Source> {
  const bytes = await readFile(path).catch(() => undefined);
  return bytes ? sourceOf(bytes, languageId) : { leftOut: 'unreadable' };
}

/** The same of its bytes. */
export function sourceOf(bytes: Buffer, languageId: string): Source {
  if (bytes.subarray(0, BINARY_BYTES).includes(0)) return { leftOut: 'binary' };
  const text = decoded(bytes);
  if (text === undefined) return { leftOut: 'unreadable' };
  const leftOut = leftOutByText(text, languageId);
  return leftOut ? { leftOut } : { text };
}

/** Undefined where it is no UTF-8: in another encoding a model would read other letters than a person. */
function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
