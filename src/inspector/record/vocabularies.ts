import { MODEL_VOCABULARY } from '../../display/names';
import { readNumber } from '../../display/read-number';
import {
  LONG_NUMBER_EXAMPLE,
  NUMBER_EXAMPLE,
  NUMBER_VOCABULARIES,
  numbersIn,
  SUM_EXAMPLE,
} from '../../display/shown-numbers';
import { shownText } from '../../display/shown-text';
import type { RecordedNumbers, RecordedVocabulary } from '../../recording/recording';
import type { InspectorState, Vocabularies } from '../../shared/inspector-api';
import { isNumber } from '../../shared/numerals';
import { possibleNeighbours } from './possible-neighbours';
import type { Steps } from './steps';

/** The text that is shown, its merges, and its numbers, under every vocabulary. */
export async function recordVocabularies(
  vocabularies: Vocabularies,
  { subject, viewRequest }: InspectorState,
  steps: Steps,
): Promise<RecordedVocabulary[]> {
  const { text } = shownText(subject);
  const all = [readNumber(viewRequest.number ?? '') ?? '', NUMBER_EXAMPLE, LONG_NUMBER_EXAMPLE, ...numbersIn(subject)];
  const numbers = [...new Set(all.filter(isNumber))];
  const recorded: RecordedVocabulary[] = [];
  for (const { name, label } of await vocabularies.vocabularies()) {
    recorded.push(
      await steps.step(async () => {
        const read = await vocabularies.tokenize({ vocabulary: name, text });
        return {
          name,
          label,
          text,
          read,
          ...(name === MODEL_VOCABULARY
            ? await recordMerges(vocabularies, name, read.ids)
            : { merges: {}, mergeRanks: {} }),
          numbers: NUMBER_VOCABULARIES.includes(name) ? await recordNumbers(vocabularies, name, numbers) : undefined,
        };
      }),
    );
  }
  return recorded;
}

async function recordMerges(
  vocabularies: Vocabularies,
  vocabulary: string,
  ids: Uint32Array,
): Promise<Pick<RecordedVocabulary, 'merges' | 'mergeRanks'>> {
  const merges: RecordedVocabulary['merges'] = {};
  for (const id of new Set(ids)) merges[id] = await vocabularies.merges({ vocabulary, id });
  const tokens = Array.from(ids, (id) => merges[id] ?? { id });
  return { merges, mergeRanks: await vocabularies.mergeRanks({ vocabulary, pairs: possibleNeighbours(tokens) }) };
}

async function recordNumbers(
  vocabularies: Vocabularies,
  vocabulary: string,
  numbers: readonly string[],
): Promise<RecordedNumbers> {
  const rows: RecordedNumbers['rows'] = {};
  for (const number of numbers) rows[number] = await vocabularies.number({ vocabulary, number });
  return {
    map: await vocabularies.numberMap({ vocabulary }),
    rows,
    sums: { [SUM_EXAMPLE]: await vocabularies.sum({ vocabulary, sum: SUM_EXAMPLE }) },
  };
}
