import {
  formatBits,
  formatCount,
  formatLogprob,
  formatNats,
  formatProbability,
  formatRatio,
} from '../../display/numbers';
import { bitsOf } from '../../display/scales';
import { nextTokens } from './lesson-model';
import { choicesOf, linesOf, type MakeStep, numbersOf } from './step';

/** What a model makes of a text: probabilities, and what follows from them. */
export const predictionSteps: MakeStep[] = [
  (t, isSpanish) => ({
    id: 'sequence',
    title: t('How probable a text is'),
    sentence: t(
      'A model gives every token but the first a probability, given those before it; their product is the probability of the text, without its first token.',
    ),
    file: isSpanish ? 'sequence.es.txt' : 'sequence.txt',
    task: {
      text: t('Compare both sentences: they have the same words in another order.'),
      button: t('Compare the Sentences'),
      goal: { kind: 'texts' },
    },
    async ask(model, text) {
      const lines = linesOf(text);
      const best = await model.mostProbable(lines);
      return {
        text: t('Which sentence does the model find more probable?'),
        ...choicesOf(best.text, [...lines, t('Both the same: they have the same words.')]),
        where: t('Under each text stands its log-probability: the nearer to 0, the more probable.'),
        because: t('It is {0} times as probable: the model knows about order.', formatRatio(best.lead)),
      };
    },
  }),
  (t, isSpanish) => ({
    id: 'autoregression',
    title: t('One token after another'),
    sentence: t(
      'A model says only what the next token may be; one is chosen, written at the end, and all is read again with it.',
    ),
    file: isSpanish ? 'autoregression.es.txt' : 'autoregression.txt',
    task: {
      text: t('Open the view Continue, and press Step a few times.'),
      button: t('Open Continue'),
      goal: { kind: 'view', view: 'continue' },
    },
    async ask(model, text) {
      const read = await model.read(text);
      const next = nextTokens(read, read.ids.length - 1).slice(0, 3);
      const labels = await Promise.all(next.map(({ id }) => model.label(id)));
      return {
        text: t('Which token does the model find the most probable one after this text?'),
        ...choicesOf(labels[0] ?? '', labels),
        where: t('The longest bar, before anything is written after the text.'),
        because: t(
          '{0} has {1}, {2} has {3}.',
          labels[0] ?? '',
          formatLogprob(next[0]?.logprob ?? 0),
          labels[1] ?? '',
          formatLogprob(next[1]?.logprob ?? 0),
        ),
      };
    },
  }),
  (t, isSpanish) => ({
    id: 'softmax',
    title: t('Softmax and sampling'),
    sentence: t(
      'Softmax turns the scores of all tokens into probabilities that add up to 100 %; temperature changes how probable each is, top-k and top-p which of them may be drawn.',
    ),
    file: isSpanish ? 'softmax.es.txt' : 'softmax.txt',
    task: {
      text: t('In the view Probabilities, click the last word and open “How softmax makes these probabilities”.'),
      button: t('Open Probabilities'),
      goal: { kind: 'view', view: 'probabilities', word: isSpanish ? 'Madrid' : 'cheese', place: 'working.softmax' },
    },
    async ask(model, text) {
      const read = await model.read(text);
      const logprobs = await model.engine.distribution({ trace: read.trace, position: read.ids.length - 2 });
      const count = countToHalf(logprobs);
      return {
        text: t(
          'Top-p 0.5 keeps the most probable tokens that reach half of the probability. How many does it keep for the last token?',
        ),
        ...numbersOf(count, [count + 4, 10 * count + 10, logprobs.length], formatCount),
        where: t('Add up what the model expected there from the first one, until it comes to 50 %.'),
        because: t(
          '{0} of {1} tokens. The more certain the model is, the fewer are left.',
          formatCount(count),
          formatCount(logprobs.length),
        ),
      };
    },
  }),
  (t, isSpanish) => ({
    id: 'loss',
    title: t('The loss'),
    sentence: t(
      'Cross-entropy is −ln of the probability that the true token had: nothing for what was certain, much for what was a surprise. The colours show it in bits, with log₂ in place of ln.',
    ),
    file: isSpanish ? 'loss.es.txt' : 'loss.txt',
    task: {
      text: t('Colour the sentence by surprisal: the stronger, the larger the loss.'),
      button: t('Colour by Surprisal'),
      goal: { kind: 'surprisal' },
    },
    async ask(model, text) {
      const { labels, logprob, ...read } = await model.read(text);
      // The wrong word stands before the full stop.
      const wrong = labels.length - 2;
      const [expected] = nextTokens({ logprob, ...read }, wrong - 1);
      const asked = [wrong, wrong - 1, wrong + 1];
      const most = asked.reduce((one, other) => ((logprob[other] ?? 0) < (logprob[one] ?? 0) ? other : one));
      return {
        text: t('Which of these tokens cost the model most?'),
        ...choicesOf(
          labels[most] ?? '',
          asked.map((i) => labels[i] ?? ''),
        ),
        where: t('The strongest colour; point at it for its numbers.'),
        because: t(
          'Its loss is {0}; that of {1}, with {2}, would have been {3}.',
          costText(logprob[most] ?? 0),
          await model.label(expected?.id ?? 0),
          formatProbability(Math.exp(expected?.logprob ?? 0)),
          costText(expected?.logprob ?? 0),
        ),
      };
    },
  }),
];

/** A loss, in the unit of its formula and in that of the screen: `4.9 nats (7.1 bits)`. */
const costText = (logprob: number) => `${formatNats(-logprob)} (${formatBits(bitsOf(logprob))})`;

/** How many of the most probable tokens reach half of the probability. @param logprobs of all tokens */
function countToHalf(logprobs: Float32Array): number {
  const probabilities = Float64Array.from(logprobs, Math.exp).sort().reverse();
  let sum = 0;
  return (
    probabilities.findIndex((probability) => {
      sum += probability;
      return sum >= 0.5;
    }) + 1
  );
}
