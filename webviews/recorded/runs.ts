import { rowsOfTriangle, weightsOfBytes } from '../../src/recording/coded-weights';
import type { Recording } from '../../src/recording/recording';
import type { Recorded, Runs } from '../../src/shared/inspector-api';
import { answered } from './unanswered';

/** What the model did when the file was written; it does nothing more. */
export function recordedRuns({
  state,
  texts,
  trace: recorded,
}: Recording): Pick<Recorded, keyof Recorded & keyof Runs> & Pick<Runs, 'cancel'> {
  return {
    forward: async ({ text, headMask = [], model }) => {
      const index = headMask.length === 0 && model === undefined ? texts.findIndex((known) => known.text === text) : -1;
      return { trace: index + 1, ...answered(texts[index]).read };
    },
    score: async ({ ids, headMask = [], model }) => {
      const own = state.subject?.read?.ids;
      const isOwn = own?.length === ids.length && ids.every((id, position) => id === own[position]);
      return answered(isOwn && headMask.length === 0 && model === undefined ? recorded?.unablated : undefined);
    },
    rollout: async ({ trace, from, to }) => {
      const { every, row } = answered(trace === 0 ? recorded?.inside?.rollout : undefined);
      if (every) return rowsOfTriangle(weightsOfBytes(every), from, to);
      const isKnown = row?.query === from && to === from + 1;
      return weightsOfBytes(answered(isKnown ? row.shares : undefined));
    },
    additions: async ({ trace }) => answered(trace === 0 ? recorded?.inside?.additions : undefined),
    cancel: async () => {},
  };
}
