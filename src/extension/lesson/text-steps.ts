import { formatCount } from '../../display/numbers';
import { sentence, VitrineError } from '../../shared/errors';
import { isMerge } from '../../tokenizer';
import { choicesOf, type MakeStep, numbersOf } from './step';

/** How a text becomes what a model reads. */
export const textSteps: MakeStep[] = [
  (t, isSpanish) => ({
    id: 'tokens',
    title: t('Tokens and ids'),
    sentence: t('A model reads neither letters nor words: the text is cut into tokens, and each is a number, its id.'),
    file: isSpanish ? 'mouse.es.txt' : 'mouse.txt',
    task: {
      text: t('Open the view Tokens, and point at some to see their ids.'),
      button: t('Open Tokens'),
      goal: { kind: 'view', view: 'tokens' },
    },
    async ask(model, text) {
      const { ids, labels } = await model.tokens(text);
      return {
        text: t('How many tokens is this sentence?'),
        ...numbersOf(ids.length, [text.split(' ').length, text.length], formatCount),
        where: t('The line above the text counts tokens and characters.'),
        because: t('To the model, {0} are the numbers {1}.', labels.join(' '), ids.join(' ')),
      };
    },
  }),
  (t, isSpanish) => ({
    id: 'merges',
    title: t('How tokens are built'),
    sentence: t(
      'Byte-pair encoding begins with single bytes and merges the pair that was most frequent in the texts it was learnt from, again and again.',
    ),
    file: isSpanish ? 'merges.es.txt' : 'merges.txt',
    task: {
      text: t(
        'In the view Tokens, click “{0}” and open “Its word, merge by merge”.',
        isSpanish ? 'capital' : 'international',
      ),
      button: t('Show the Merges'),
      goal: { kind: 'view', view: 'tokens', word: isSpanish ? 'capital' : 'international', place: 'working.merges' },
    },
    async ask(model, text) {
      const { ids } = await model.tokens(text.slice(0, text.indexOf('.')));
      const tokenizer = await model.tokenizer();
      const id = ids.at(isSpanish ? -1 : -2) ?? 0;
      const last = tokenizer.derivation(id);
      if (!last || !isMerge(last)) throw noMerges();
      const [left, right] = [await model.label(last.left.id), await model.label(last.right.id)];
      const cut = ({ length }: string) => `${`${left}${right}`.slice(0, length)} + ${`${left}${right}`.slice(length)}`;
      const others = [left.slice(0, -1), left.slice(0, 2), `${left}${right}`.slice(0, -1)].filter(
        (piece) => piece.length > 1 && piece !== left,
      );
      return {
        text: t('Which two pieces does the last merge join into {0}?', await model.label(id)),
        ...choicesOf(cut(left), others.map(cut)),
        where: t('The two branches under the top of the tree, or the last merge of the word.'),
        because: t(
          'The rank of this merge is {0}: the smaller, the earlier it was learnt. Frequent words end up whole, rare ones stay in pieces.',
          formatCount(last.rank),
        ),
      };
    },
  }),
  (t) => ({
    id: 'numbers',
    title: t('Numbers'),
    sentence: t(
      'A vocabulary decides how a number is cut: 327 is one opaque token to some, and three digits to others.',
    ),
    file: 'number.txt',
    task: {
      text: t('Open the view Numbers on 327, and compare the vocabularies.'),
      button: t('Open Numbers'),
      goal: { kind: 'view', view: 'numbers' },
    },
    async ask(model) {
      const { ids, labels } = await model.tokens('327');
      return {
        text: t('How many tokens is 327 to the model in use?'),
        ...numbersOf(ids.length, [1, 2, 3], formatCount),
        where: t('The first picture is of the model in use.'),
        because: t(
          'It reads {0}. Where a token is several digits, the model has to learn sums of them by heart.',
          labels.join(' '),
        ),
      };
    },
  }),
  (t) => ({
    id: 'code',
    title: t('Code'),
    sentence: t('In code, short is not cheap: what was rare where the vocabulary was learnt is cut into many tokens.'),
    file: 'code.py',
    task: {
      text: t('Show the token bands over the code.'),
      button: t('Show Token Bands'),
      goal: { kind: 'bands' },
    },
    async ask(model) {
      // As they stand in a line, behind a space.
      const names = ['measurements', 'numerator', 'wHM2x'];
      const counts = await Promise.all(names.map(async (name) => (await model.tokens(` ${name}`)).ids.length));
      const most = Math.max(...counts);
      return {
        text: t('Which of these names takes most tokens?'),
        ...choicesOf(names[counts.indexOf(most)] ?? '', names),
        where: t('In the first line: count the tints on each name.'),
        because: t('{0} takes {1} tokens.', names[counts.indexOf(most)] ?? '', formatCount(most)),
      };
    },
  }),
];

function noMerges(): VitrineError {
  return new VitrineError(
    'lesson.noMerges',
    sentence`The vocabulary of the model in use builds this token by no merges. Go on with the next step, or choose a model whose vocabulary is BPE.`,
  );
}
