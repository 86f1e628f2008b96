import { type Asked, alternativesAt } from '../../../src/display/asked-place';
import { visibleText } from '../../../src/display/glyphs';
import type { Subject } from '../../../src/shared/inspector-api';
import { subjectTokens } from '../../kit/subject-tokens';
import type { ViewStore } from '../../store/view-store';

/** Characters of the text before a token that are enough to know the place by. */
const SAID = 40;

/** The end of the text before a place, in one line. */
export function textBefore(subject: Subject | undefined, position: number): string {
  const before = subjectTokens(subject).slice(0, position);
  const text = visibleText(before.map((token) => token.text).join(''))
    .replaceAll('·', ' ')
    .trimEnd();
  return text.length > SAID ? `…${text.slice(-SAID)}` : text;
}

/** Natural logarithms of both probabilities: of a token that is not among the most probable ones, from the whole distribution. */
export async function logprobsOf(
  { predictions, subject, lenses }: ViewStore,
  { position, token, against }: Asked,
): Promise<{ token: number; against: number }> {
  const alternatives = predictions ? alternativesAt(predictions, position) : [];
  const known = new Map(alternatives.map(({ id, logprob }) => [id, logprob]));
  const [standing, logprob] = [subject?.read?.ids[position], predictions?.logprob[position]];
  if (standing !== undefined && logprob !== undefined) known.set(standing, logprob);
  const trace = subject?.read?.trace ?? 0;
  const isKnown = known.has(token) && known.has(against);
  const all = isKnown ? undefined : await lenses.distribution({ trace, position: position - 1 });
  const of = (id: number) => known.get(id) ?? all?.[id] ?? Number.NaN;
  return { token: of(token), against: of(against) };
}
