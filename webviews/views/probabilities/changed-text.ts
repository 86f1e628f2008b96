import type { Predictions } from '../../../src/shared/engine-api';
import type { TraceTokens } from '../../../src/shared/inspector-api';
import { interventionsOf } from '../../../src/shared/steering';
import { candidateLabel } from '../../kit/candidate-label';
import { subjectTokens, type TokenText } from '../../kit/subject-tokens';
import type { ViewStore } from '../../store/view-store';

/** A token put in the place of another. */
export interface Change {
  position: number;
  label: string;
  /** The token that stands there in the document. */
  original: string;
}

/** The text with some tokens changed, as the model reads it; the document is as it was. */
export interface ChangedText {
  /** In the order of their positions: at least one. */
  changes: readonly Change[];
  ids: readonly number[];
  trace: number;
  tokens: readonly TokenText[];
  predictions: Predictions;
}

/** @param changed token ids by position */
export async function readChanged(
  store: ViewStore,
  read: TraceTokens,
  { changed, task, topK }: { changed: ReadonlyMap<number, number>; task: number; topK: number },
): Promise<ChangedText> {
  const positions = [...changed.keys()].sort((one, other) => one - other);
  const ids = Array.from(read.ids, (id, position) => changed.get(position) ?? id);
  const originals = subjectTokens(store.subject);
  const descriptions = await store.lenses.describe({ ids: positions.map((position) => ids[position] ?? 0) });
  const interventions = interventionsOf(store.state);
  const { trace } = await store.host.forwardTokens({ task, ids, ...interventions });
  const predictions = await store.lenses.predictions({ trace, from: 0, to: ids.length, topK });
  const tokens = [...originals];
  const changes = positions.map((position, i) => {
    const description = descriptions[i] ?? { text: '', bytes: '', control: false };
    const label = candidateLabel({ ...description, id: ids[position] ?? 0 });
    const { label: original = '', chat } = originals[position] ?? {};
    tokens[position] = {
      text: description.text,
      label,
      sharesCharacter: false,
      isShown: true,
      chat: chat && { ...chat, isControl: description.control },
    };
    return { position, label, original };
  });
  return { changes, ids, trace, tokens, predictions };
}
