import type { Run } from '../../../kit/subject-tokens';
import type { Asker } from '../../../store/pending-answer';
import type { ViewStore } from '../../../store/view-store';
import type { Answer } from './answer';

/** What is asked of every part of a text. */
export interface Question {
  trace: number;
  answer: Answer;
  /** The token that stands in place of each of a part's; undefined where they are hidden. */
  replacement: number | undefined;
}

/** What became of the answer without each of some parts. */
export interface Occlusions {
  /** Log-probability of the whole answer less what it is with all parts, in nats. [part] */
  changes: number[];
  /** Log-probability of the answer with all parts, in nats. */
  base: number;
}

/** @param parts that all end where the answer begins, or before */
export async function occlude(
  { lenses }: ViewStore,
  { trace, answer, replacement }: Question,
  parts: readonly Run[],
  asker: Asker,
): Promise<Occlusions> {
  const spans = parts.map(({ from, to }) => ({ from, to }));
  const { logprobs, base } = await lenses.occlusion(
    {
      trace,
      targets: { from: answer.from, to: answer.to },
      ...(answer.ids ? { ids: [...answer.ids] } : {}),
      spans,
      ...(replacement === undefined ? {} : { replacement }),
    },
    asker,
  );
  const targets = answer.to - answer.from;
  const whole = sum(base);
  const changes = spans.map((_, i) => sum(logprobs.subarray(i * targets, (i + 1) * targets)) - whole);
  return { changes, base: whole };
}

const sum = (values: Float32Array) => values.reduce((total, value) => total + value, 0);
