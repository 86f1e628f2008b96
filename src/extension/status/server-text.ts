import { safeText } from '../../display/glyphs';
import { formatCount } from '../../display/numbers';
import { inlineCode } from '../hover/markdown';
import type { Translate } from '../translate';
import type { ServerAddress, ServerInUse } from './server-in-use';

/** What the status item's tooltip tells of a server. */
export interface ServerFacts extends Pick<ServerInUse, 'isSending' | 'lastSent'> {
  address: ServerAddress;
  /** The model, and what the server is; undefined while it is not connected. */
  model: { name: string; kind: string } | undefined;
}

/** Where texts go, how, what went there last, and how to leave, as Markdown. */
export function serverParts({ address, model, isSending, lastSent }: ServerFacts, t: Translate): string[] {
  const host = inlineCode(safeText(address.host));
  const way = wayTo(address, t);
  const where = model
    ? t(
        '{0} runs on the server {1} ({2}). What it reads is sent there: {3}',
        inlineCode(safeText(model.name)),
        host,
        model.kind,
        way,
      )
    : t('The server {0} is not connected. What its model reads is sent there: {1}', host, way);
  return [where, `${sent(isSending, lastSent, t)} · ${useLocalLink(t)}`];
}

/** How to have texts stay on this machine. */
export const useLocalLink = (t: Translate): string =>
  `[${t('Use the Model on This Machine')}](command:vitrine.useLocalModel)`;

/** How a text gets to a server: what others could read of it on its way. */
export function wayTo({ isEncrypted, isLoopback }: ServerAddress, t: Translate): string {
  if (isLoopback)
    return t('the address is on this machine; where it is the end of a tunnel, the text goes to the other end.');
  return isEncrypted ? t('encrypted (https).') : t('not encrypted.');
}

function sent(isSending: boolean, lastSent: ServerInUse['lastSent'], t: Translate): string {
  if (!lastSent) return t('Nothing has been sent yet');
  const { characters } = lastSent;
  const size = characters === 1 ? t('1 character') : t('{0} characters', formatCount(characters));
  return isSending ? t('On its way: {0}', size) : t('Last sent: {0}', size);
}
