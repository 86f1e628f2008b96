import type { Bench } from './bench';
import { type Aim, type Measurement, seconds, tokenCount } from './table';
import { readFresh, withEngine } from './vitrine';

const AIM: Aim = { times: 20 };

/** One word changed at the end of a text, against reading the whole. */
export async function measureEdit(bench: Bench): Promise<Measurement[]> {
  const { tokens, rounds } = bench.plan.edit;
  console.error('One word changed');
  const times = await withEngine(bench, (engine) => {
    let text = '';
    return bench.watch.fastest(rounds, {
      whole: async () => {
        text = bench.texts.next(tokens);
        return (await readFresh(engine, text, tokens)).forwardSeconds;
      },
      edited: async () => {
        const edited = text.replace(/[a-z]+(?=[^a-z]*$)/, 'cheese');
        return (await engine.forward({ task: 0, text: edited })).forwardSeconds;
      },
    });
  });
  return [
    {
      what: `One word changed at the end of ${tokenCount(tokens)}`,
      ours: times.edited ?? Number.NaN,
      other: times.whole,
      otherIs: 'the whole',
      aim: AIM,
      show: seconds,
    },
  ];
}
