import { formatCount, formatLogprob, formatProbability, formatSigned } from '../../display/numbers';
import { sentence, VitrineError } from '../../shared/errors';
import { choicesOf, type MakeStep, numbersOf } from './step';

/** What happens inside of a model between the tokens and the probabilities. */
export const insideSteps: MakeStep[] = [
  (t, isSpanish) => ({
    id: 'stream',
    title: t('Embedding and residual stream'),
    sentence: t(
      'Each id becomes a row of numbers, its embedding; it runs through all layers, and each layer adds to it what it has found out.',
    ),
    file: isSpanish ? 'mouse.es.txt' : 'mouse.txt',
    task: {
      text: t('Open the view Anatomy, and follow the line from the embedding to the unembedding.'),
      button: t('Open Anatomy'),
      goal: { kind: 'view', view: 'anatomy', section: 'parts' },
    },
    async ask(model) {
      const { hiddenSize, vocabSize, layers } = await model.anatomy();
      return {
        text: t('How many numbers carry a token from one layer to the next?'),
        ...numbersOf(hiddenSize, [layers.length, vocabSize], formatCount),
        where: t('Beside the embedding, at the line: so many numbers a token.'),
        because: t(
          'There are {0} layers, and {1} rows in the embedding, one for each id; each row has {2} numbers.',
          formatCount(layers.length),
          formatCount(vocabSize),
          formatCount(hiddenSize),
        ),
      };
    },
  }),
  (t, isSpanish) => ({
    id: 'attention',
    title: t('Attention'),
    sentence: t(
      'In attention a token looks at itself and at those before it, and takes something over from each; every head looks for something else.',
    ),
    file: isSpanish ? 'attention.es.txt' : 'attention.txt',
    task: {
      text: t('In the view Attention, select the last token, and in the grid the head that the question names.'),
      button: t('Show the Head'),
      goal: { kind: 'inductionHead' },
    },
    async ask(model, text) {
      const read = await model.read(text);
      const head = await model.inductionHead(read);
      if (!head) throw noRepetition();
      const query = read.ids.length - 1;
      const weights = await model.engine.attentionOfQuery({
        trace: read.trace,
        query,
        layer: head.layer,
        head: head.head,
      });
      // What the first token gets says that a head rests.
      const [best = head.at] = Array.from(read.labels.keys())
        .slice(1)
        .sort((one, other) => (weights[other] ?? 0) - (weights[one] ?? 0));
      const others = [head.at - 1, head.at - 2, query - 1].filter((at) => at > 0).map((at) => read.labels[at] ?? '');
      return {
        text: t(
          'Head {0} looks back from the last token. At which token does it look most?',
          `${head.layer}.${head.head}`,
        ),
        ...choicesOf(read.labels[best] ?? '', others),
        where: t('The bluest cell of the last row. “How these weights come about” has its numbers.'),
        because: t(
          '{0} gets {1}. It is what followed the last time: such heads find repetitions, and go on with them.',
          read.labels[best] ?? '',
          formatProbability(weights[best] ?? 0),
        ),
      };
    },
  }),
  (t, isSpanish) => ({
    id: 'mlp',
    title: t('The MLP'),
    sentence: t(
      'After attention each layer has an MLP, which reads one token’s stream alone, and whose neurons add what was learnt about it.',
    ),
    file: isSpanish ? 'next-word.es.txt' : 'next-word.txt',
    task: {
      text: t('Open the view Why on the last token, and look at what each layer wrote for it.'),
      button: t('Open Why'),
      goal: { kind: 'view', view: 'why', word: isSpanish ? 'Madrid' : 'Paris', place: 'waterfall' },
    },
    async ask(model, text) {
      const { trace, ids } = await model.read(text);
      const { mlps, token, against } = await model.engine.why({ trace, position: ids.length - 1 });
      const layers = Array.from(mlps.keys()).sort((one, other) => (mlps[other] ?? 0) - (mlps[one] ?? 0));
      const [best = 0] = layers;
      const middle = layers[Math.floor(layers.length / 2)] ?? 0;
      return {
        text: t(
          'The MLP of which layer spoke most for {0} and against {1}?',
          await model.label(token),
          await model.label(against),
        ),
        ...numbersOf(best, [middle, layers.at(-1) ?? 0], (layer) => t('Layer {0}', layer)),
        where: t('The longest bar of an MLP to the side of the answer.'),
        because: t(
          'It wrote {0}, more than any other. Press its bar to see its neurons, and which words they promote.',
          formatSigned(mlps[best] ?? 0),
        ),
      };
    },
  }),
  (t, isSpanish) => ({
    id: 'layers',
    title: t('Layer by layer'),
    sentence: t(
      'If the stream is unembedded before its end, one sees what the model would say if it stopped there: the answer forms on the way.',
    ),
    file: isSpanish ? 'layers.es.txt' : 'layers.txt',
    task: {
      text: t(
        'Open the view Layers, and follow the last row but one to the right: in the column “true next” it has “{0}”.',
        isSpanish ? 'no' : 'end',
      ),
      button: t('Open Layers'),
      goal: { kind: 'view', view: 'layers' },
    },
    async ask(model, text) {
      const { trace, ids, labels } = await model.read(text);
      const from = ids.length - 2;
      const lens = await model.engine.logitLens({ trace, from, to: from + 1 });
      const last = lens.layers.length - 1;
      const never = last + 1;
      const formed = lens.nextRank.findLastIndex((rank) => rank > 0) + 1;
      return {
        text: t('From which layer on is {0} the first guess, and stays so?', labels.at(-1) ?? ''),
        ...numbersOf(formed, [Math.round(formed / 3), Math.round((2 * formed) / 3), last], (layer) => {
          if (layer === never) return t('never');
          return layer === last ? t('out') : formatCount(layer);
        }),
        where: t('The bar ▎ in the row marks that layer; the last column is “out”, the model’s own output.'),
        because: t(
          'The model has {0} layers, and its own output gives the token {1}.',
          formatCount(last),
          formatLogprob(lens.nextLogprob[last] ?? 0),
        ),
      };
    },
  }),
];

function noRepetition(): VitrineError {
  return new VitrineError(
    'lesson.noRepetition',
    sentence`The vocabulary of the model in use cuts this sentence so that no token comes twice. Go on with the next step, or choose another model.`,
  );
}
