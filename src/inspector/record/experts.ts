import type { RecordedExperts } from '../../recording/recording';
import type { Lenses } from '../../shared/inspector-api';
import type { TracedSubject } from './subject';

/** Of more tokens and layers nothing is recorded: 4 MB before they are packed. */
const MOST_CHOICES = 500_000;

/** Which experts saw the tokens that are shown; undefined where that is too much. */
export async function recordExperts(
  lenses: Lenses,
  { trace, shown }: TracedSubject,
): Promise<RecordedExperts | undefined> {
  const layers = await lenses.experts({ trace, ...shown });
  const choices = layers.reduce((sum, { experts }) => sum + experts.length, 0);
  return choices > MOST_CHOICES ? undefined : { ...shown, layers };
}
