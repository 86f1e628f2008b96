import { render } from '../../display/sentences';
import type { Consent } from '../../hub/plan';
import { VitrineError } from '../../shared/errors';
import { answered } from '../answered';
import { warn } from '../output';

/**
 * Tells what is to be fetched, and on which terms, and asks whether it may be.
 *
 * @throws VitrineError `hub.consent` where the answer is no, or nobody is there to give one
 */
export async function confirm({ question, details }: Consent, yes: boolean, signal: AbortSignal): Promise<void> {
  for (const sentence of [question, ...details]) warn(render(sentence));
  if (yes) return;
  const reply = await answered('Get it? [y/N] ', signal);
  if (reply === undefined) {
    throw new VitrineError('hub.consent', 'Nothing was fetched: nobody can be asked here. Say --yes to get it.');
  }
  if (!reply) throw new VitrineError('hub.consent', 'Nothing was fetched.');
}
