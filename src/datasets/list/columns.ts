import type { DatasetColumn, DatasetState } from '../../shared/dataset-api';
import { type Sentence, sentence } from '../../shared/errors';
import type { RowModels } from '../scores/row-model';
import type { RowScores } from '../scores/row-scores';

/** A number of every row. */
export interface SavedColumn {
  name: string;
  /** NaN where it is not known. */
  value(scores: RowScores, line: number): number;
}

/** What is said of every row: a number, and how it is drawn. */
export interface Column extends SavedColumn, Pick<DatasetColumn, 'draw'> {
  title: Sentence;
  /** Where two models are compared. */
  titleCompared?: Sentence;
  description: Sentence;
  /** Of rows that are documents. */
  descriptionOfText?: Sentence;
  /** Whether it says something of such rows under these models; undefined of those that are not loaded. */
  isShown(models: RowModels | undefined, holds: DatasetState['holds'] | undefined): boolean;
  /** Of a mean, its sum: in a table that is saved it stands beside it. */
  sum?: SavedColumn;
}

const always = () => true;
const whenCompared = (models: RowModels | undefined) => models?.b !== undefined;

/** Whether a token is the same to both. */
const withOneVocabulary = (models: RowModels | undefined) =>
  models?.b !== undefined && models.a.vocabulary === models.b.vocabulary;

/** −Σ ln p of so many tokens as bits a token. */
export const bitsEach = (sum: number, count: number) => bitsOf(sum) / count;

const bitsOf = (sum: number) => -sum / Math.LN2;

/** Of a preference pair, in nats; NaN of another row, and where it is not known. */
export const marginOf = (scores: RowScores, line: number) =>
  scores.get(line, 'sumB') -
  scores.get(line, 'sumA') -
  (scores.get(line, 'rejectedSumB') - scores.get(line, 'rejectedSumA'));

export const descriptionOf = (column: Column, holds: DatasetState['holds'] | undefined): Sentence =>
  (holds === 'texts' ? column.descriptionOfText : undefined) ?? column.description;

export const titleOf = ({ title, titleCompared = title }: Column, models: RowModels | undefined): Sentence =>
  whenCompared(models) ? titleCompared : title;

/** Everything that a list says of its rows: each column once. */
export const COLUMNS: readonly Column[] = [
  {
    name: 'tokens',
    title: sentence`Tokens`,
    description: sentence`Tokens of the conversation as the model reads it, with what its template adds.`,
    descriptionOfText: sentence`Tokens of the text as the model reads it.`,
    draw: 'count',
    value: (scores, line) => scores.get(line, 'tokens'),
    isShown: always,
  },
  {
    name: 'loss',
    title: sentence`Loss`,
    titleCompared: sentence`Loss A`,
    description: sentence`What the assistant says: mean of −log2 p of its tokens, in bits a token.`,
    descriptionOfText: sentence`Mean of −log2 p of the tokens of the text, in bits a token.`,
    draw: 'bits',
    value: (scores, line) => bitsEach(scores.get(line, 'sumA'), scores.get(line, 'scoredA')),
    sum: { name: 'lossSum', value: (scores, line) => bitsOf(scores.get(line, 'sumA')) },
    isShown: always,
  },
  {
    name: 'lossB',
    title: sentence`Loss B`,
    description: sentence`The same under the model that is compared with.`,
    draw: 'bits',
    value: (scores, line) => bitsEach(scores.get(line, 'sumB'), scores.get(line, 'scoredB')),
    sum: { name: 'lossSumB', value: (scores, line) => bitsOf(scores.get(line, 'sumB')) },
    isShown: whenCompared,
  },
  {
    name: 'difference',
    title: sentence`B − A`,
    description: sentence`Loss under B less that under A, in bits a token: below zero where B finds the answer more probable.`,
    descriptionOfText: sentence`Loss under B less that under A, in bits a token: below zero where B finds the text more probable.`,
    draw: 'signedBits',
    value: (scores, line) =>
      bitsEach(scores.get(line, 'sumB'), scores.get(line, 'scoredB')) -
      bitsEach(scores.get(line, 'sumA'), scores.get(line, 'scoredA')),
    isShown: withOneVocabulary,
  },
  {
    name: 'margin',
    title: sentence`Margin`,
    description: sentence`Of a preference pair: the sum of ln(p of B / p of A) over the answer that was chosen, less that over the one that was rejected, in nats.`,
    draw: 'signedNats',
    value: marginOf,
    isShown: (models, holds) => whenCompared(models) && holds !== 'texts',
  },
];
