import type { DatasetTotals, LossOver } from '../../shared/dataset-api';
import type { RowScores } from '../scores/row-scores';
import { Slices } from '../work/slices';
import { bitsEach, marginOf } from './columns';

/** What rows come to together: a token counts the same in a long answer and in a short one. Undefined where none is scored. @throws AbortError */
export async function totalsOf(
  scores: RowScores,
  lines: Uint32Array,
  signal: AbortSignal,
): Promise<DatasetTotals | undefined> {
  const slices = new Slices(signal);
  const [a, b] = [new LossSum(), new LossSum()];
  let [count, preferred, margins] = [0, 0, 0];
  for (const [place, line] of lines.entries()) {
    if (place % 1024 === 0) await slices.next();
    a.add(scores.get(line, 'sumA'), scores.get(line, 'scoredA'));
    b.add(scores.get(line, 'sumB'), scores.get(line, 'scoredB'));
    const margin = marginOf(scores, line);
    if (!Number.isFinite(margin)) continue;
    count++;
    margins += margin;
    if (margin > 0) preferred++;
  }
  const ofA = a.over;
  return ofA && { a: ofA, b: b.over, pairs: count > 0 ? { count, preferred, meanMargin: margins / count } : undefined };
}

/** ln p of tokens, added up. */
class LossSum {
  #sum = 0;
  #tokens = 0;

  add(sum: number, tokens: number): void {
    if (!Number.isFinite(sum)) return;
    this.#sum += sum;
    this.#tokens += tokens;
  }

  get over(): LossOver | undefined {
    return this.#tokens > 0 ? { loss: bitsEach(this.#sum, this.#tokens), tokens: this.#tokens } : undefined;
  }
}
