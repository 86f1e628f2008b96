import { sentence } from '../../shared/errors';
import type { EntryFilter } from '../filters/filter';

/** What cannot be read, or not whole, is told by no other rule. */
export const readable: EntryFilter = {
  kind: 'entry',
  name: 'readable',
  title: sentence`Can be read`,
  why: sentence`A row that is no JSON, has no text, holds bytes that are not UTF-8 or is too long to be read is not what a model should learn from, and a training run may stop at it.`,
  measures: [
    {
      name: 'unreadable',
      title: sentence`Rows that cannot be read whole`,
      why: sentence`Of what cannot be read nobody knows what a model would learn.`,
      removes: 'above',
      threshold: 0,
      slider: { minimum: 0, maximum: 1, step: 1 },
      draw: 'count',
    },
  ],
  measure({ problem }, numbers, at) {
    numbers[at] = problem ? 1 : 0;
  },
};
