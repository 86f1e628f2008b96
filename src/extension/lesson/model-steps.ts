import { forwardFlops } from '../../anatomy/flops';
import { weightBytes } from '../../anatomy/precision';
import { CHINCHILLA, EPOCH, optimalTokens } from '../../anatomy/scaling-laws';
import { conversationsOfLine } from '../../chat/find-conversations';
import { renderChat } from '../../chat/render';
import { formatBytes } from '../../display/format-bytes';
import { formatSi } from '../../display/format-si';
import { formatCount, formatDecimal, formatProbability, formatRatio } from '../../display/numbers';
import { choicesOf, linesOf, type MakeStep, numbersOf } from './step';

/** How much longer a text is thought to be. */
const LONGER = 10;

/** What a model costs, and how it came to be. */
export const modelSteps: MakeStep[] = [
  (t, isSpanish) => ({
    id: 'length',
    title: t('What length costs'),
    sentence: t(
      'Every token looks at itself and at all before it, so that the work of attention grows with the square of the length, and all else only with the length.',
    ),
    file: isSpanish ? 'length.es.txt' : 'length.txt',
    task: {
      text: t('Open the view Anatomy at its section Cost, and pull the length of the text to ten times as much.'),
      button: t('Open Cost'),
      goal: { kind: 'view', view: 'anatomy', section: 'cost', place: 'parts' },
    },
    async ask(model, text) {
      const anatomy = await model.anatomy();
      const { length } = (await model.tokens(text)).ids;
      const flops = (tokens: number) => forwardFlops(anatomy, tokens, 'causal');
      const share = (tokens: number) => formatProbability(flops(tokens).scores / flops(tokens).total);
      const times = flops(LONGER * length).scores / flops(length).scores;
      return {
        text: t(
          'To read a text that is {0} times as long, attention’s comparisons take about how many times as much computation (FLOPs)?',
          LONGER,
        ),
        // Those of a token with itself are not quite square.
        ...numbersOf(10 ** Math.round(Math.log10(times)), [1, LONGER, LONGER ** 3], formatCount),
        where: t(
          'In the table “Reading” of the section Cost: the row of attention’s comparisons, the column “computation”, before and after.',
        ),
        because: t(
          'They are {0} of the work for this text of {1} tokens, and {2} for all {3} that the model can read.',
          share(length),
          formatCount(length),
          share(anatomy.contextLength),
          formatCount(anatomy.contextLength),
        ),
      };
    },
  }),
  (t, isSpanish) => ({
    id: 'data',
    title: t('Training and its data'),
    sentence: t(
      'Training changes the weights until the next token costs less, over billions of tokens of text; what stood there often costs little afterwards.',
    ),
    file: isSpanish ? 'data.es.txt' : 'data.txt',
    task: {
      text: t('Compare both sentences: one is famous, the other was made like it.'),
      button: t('Compare the Sentences'),
      goal: { kind: 'texts' },
    },
    async ask(model, text) {
      const lines = linesOf(text);
      const best = await model.mostProbable(lines);
      return {
        text: t('Which sentence does the model find more probable, so that it may have been in its data?'),
        ...choicesOf(best.text, [...lines, t('Both the same: they are built alike.')]),
        where: t('Under each text stands its log-probability: the nearer to 0, the more probable.'),
        because: t(
          'It is {0} times as probable as the other: that hints at it, and does not prove it.',
          formatRatio(best.lead),
        ),
      };
    },
  }),
  (t, isSpanish) => ({
    id: 'scaling',
    title: t('Scaling laws'),
    sentence: t(
      'The loss falls with the number of weights and with the number of tokens read in training; Chinchilla says how a budget is best divided between both.',
    ),
    file: isSpanish ? 'mouse.es.txt' : 'mouse.txt',
    task: {
      text: t('Open the view Anatomy at its section Training, and look at what the papers say of this size.'),
      button: t('Open Training'),
      goal: { kind: 'view', view: 'anatomy', section: 'training', place: 'papers' },
    },
    async ask(model) {
      const { parameters } = await model.anatomy();
      const perWeight = (fit: typeof EPOCH) => optimalTokens(fit, parameters) / parameters;
      const right = Math.round(perWeight(EPOCH));
      return {
        text: t('How many tokens a weight are the best for this size, by the refit of Chinchilla’s law?'),
        ...numbersOf(right, [1, 40 * right], formatCount),
        where: t('In the table of the papers: best tokens for this size, in the column of the refit.'),
        because: t(
          'For {0} weights that is {1} tokens; by the constants that the paper printed it is {2}. Small models read far more, because they are cheap to use afterwards.',
          formatSi(parameters),
          formatSi(optimalTokens(EPOCH, parameters)),
          formatSi(optimalTokens(CHINCHILLA, parameters)),
        ),
      };
    },
  }),
  (t, isSpanish) => ({
    id: 'assistant',
    title: t('From base model to assistant'),
    sentence: t(
      'An assistant is a base model that was trained on conversations (SFT), and then on which of two answers people prefer (a reward model, or DPO); its template turns a conversation into one text.',
    ),
    file: isSpanish ? 'chats.es.jsonl' : 'chats.jsonl',
    task: {
      text: t('Read the file as chats: the first line is a conversation, the second a pair of answers.'),
      button: t('Read as Chat'),
      goal: { kind: 'chat' },
    },
    async ask(model, text) {
      const [line = ''] = linesOf(text);
      const [conversation] = conversationsOfLine(line, 0, 1).conversations;
      if (!conversation) throw new Error('the lesson’s conversation is none');
      const { parts } = await renderChat(await model.chatTemplate(), conversation);
      const scored = parts.find(({ isScored, kind }) => isScored && kind === 'content')?.role ?? '';
      const all = parts.reduce((sum, { start, end }) => sum + end - start, 0);
      const template = parts
        .filter(({ kind }) => kind === 'template')
        .reduce((sum, { start, end }) => sum + end - start, 0);
      return {
        text: t('Whose words does training count in the loss of a conversation?'),
        ...choicesOf(
          scored,
          conversation.messages.map(({ role }) => role),
        ),
        where: t('A line stands under what training counts.'),
        because: t(
          'The model learns to write what the assistant says, and only reads the rest; {0} of the characters are the template’s. Held against its base model by Compare With…, the view Models goes from this loss to the reward of the pair in line 2.',
          formatProbability(template / all),
        ),
      };
    },
  }),
  (t, isSpanish) => ({
    id: 'precision',
    title: t('Precision and hardware'),
    sentence: t(
      'To write one token all weights are read from memory once: fewer bits a weight need less memory and less time, and 8 of them hardly change the answers.',
    ),
    file: isSpanish ? 'precision.es.txt' : 'precision.txt',
    task: {
      text: t(
        'Open the view Anatomy at its section Precision, and in the row “8 bits” (Q8_0) press Compare on my text.',
      ),
      button: t('Compare With 8 Bits'),
      goal: { kind: 'eightBits' },
    },
    async ask(model) {
      const anatomy = await model.anatomy();
      const [whole = 0, half = 0, eight = 0, four = 0] = (['float32', 'fp16', 'q8_0', 'q4_0'] as const).map((form) =>
        weightBytes(anatomy, form),
      );
      return {
        text: t('How much memory do the weights take in 8 bits (Q8_0)?'),
        ...numbersOf(eight, [half, four], formatBytes),
        where: t('In the section Precision: the column “memory”, in the row “8 bits”.'),
        because: t(
          'In float32 they take {0}, {1} times as much and not 4 times: each block of 32 weights has a scale of 16 bits too, half a bit a weight. A decoding step waits until all weights are read, so that fewer bits are faster too; what that changes in the text stands beside it.',
          formatBytes(whole),
          formatDecimal(whole / eight),
        ),
      };
    },
  }),
];
