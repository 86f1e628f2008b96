import { formatBytes } from '../../display/format-bytes';
import { formatQuantity } from '../../display/numbers';
import type { ModelInfo } from '../../shared/engine-api';
import { VitrineError } from '../../shared/errors';
import { answered } from '../answered';
import type { Prompt } from '../inspect/inspection';
import { warn } from '../output';

/** Of more bytes it is asked whether they may go: who names a server and a large folder may not have had its size in mind. */
const MANY_BYTES = 10e6;

/** By whom a text is read. */
export type Reader = Pick<ModelInfo, 'name' | 'server'>;

/** Says what goes to a server, before the first of it does: that the command names the server is the consent. @param what `25 characters` */
export function tellSending({ name, server }: Reader, what: string): void {
  if (server) warn(`Sends ${what} to ${name} on ${server.host}.`);
}

/** How much a prompt is. */
export const quantityOf = (prompt: Prompt): string =>
  'ids' in prompt ? formatQuantity(prompt.ids.length, 'token') : formatQuantity([...prompt.text].length, 'character');

/**
 * The same of files, and asks where there is much of it.
 *
 * @param yes whether the answer is known @throws VitrineError `server.consent` where it is no, or nobody is there to give one
 */
export async function confirmSending(
  reader: Reader,
  { what, bytes, yes }: { what: string; bytes: number; yes: boolean },
  signal: AbortSignal,
): Promise<void> {
  if (!reader.server) return;
  tellSending(reader, `${what}, ${formatBytes(bytes)},`);
  if (bytes <= MANY_BYTES || yes) return;
  const reply = await answered('Send it? [y/N] ', signal);
  if (reply === undefined) {
    throw new VitrineError('server.consent', 'Nothing was sent: nobody can be asked here. Say --yes to send it.');
  }
  if (!reply) throw new VitrineError('server.consent', 'Nothing was sent.');
}
