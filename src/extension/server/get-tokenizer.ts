import { tokenizerChoice } from '../../hub/choices';
import { hubOf } from '../../hub/hub';
import { consentOf, freeSpace, missingBytes } from '../../hub/plan';
import { openRepository } from '../../hub/repository';
import { askConsent } from '../get-model/ask-consent';
import { getWithProgress, whileAsking } from '../get-model/progress';

/**
 * Gets the tokenizer of a model of the hub, without its weights; a person is asked first.
 *
 * @returns the folder where it is
 * @throws VitrineError of `hub.*`, CancellationError where a person says no
 */
export async function getTokenizer(name: string): Promise<string> {
  // The editor's own, which knows its proxy and its certificates.
  const hub = await hubOf({ fetch: (input, init) => fetch(input, init) });
  const repository = await whileAsking(hub, (waiting) => openRepository(hub, name, waiting));
  const choice = tokenizerChoice(repository);
  const missing = await missingBytes(hub, repository, choice);
  const free = await freeSpace(hub);
  if (missing > 0) await askConsent(consentOf(hub, repository, choice, missing, free), repository.licence.link);
  return getWithProgress(hub, repository, choice);
}
