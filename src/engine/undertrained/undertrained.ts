import { type Sentence, sentence, VitrineError } from '../../shared/errors';
import type { Progress, Work } from '../../shared/progress';
import type { Indicator, Undertrained } from '../../shared/undertrained-api';
import type { LoadedModel } from '../loaded-model';
import { candidatesOf, thresholdOf } from './candidates';
import { categoriesOf } from './categories';
import { cosineDistances, rowNorms } from './indicators';
import { knownUnused } from './known-unused';
import { Matrix } from './matrix';

/** What was found of a model stays true as long as it is loaded. */
const found = new WeakMap<LoadedModel, Map<Indicator, Undertrained>>();

/**
 * Which tokens of a model's vocabulary it has hardly been trained on (Land and Bartolo 2024, arXiv 2405.05417). Of a model
 * whose adapter is kept apart, without it.
 *
 * @throws VitrineError `undertrained.nothing` where the model has nothing to tell it by, `undertrained.indicator` where not by this
 */
export async function undertrainedOf(
  model: LoadedModel,
  asked: Indicator | undefined,
  work: Work,
): Promise<Undertrained> {
  const { tieWordEmbeddings } = model.compiled.config;
  const known = found.get(model) ?? new Map<Indicator, Undertrained>();
  const first = known.get(asked ?? (tieWordEmbeddings ? 'cosine' : 'inputNorm'));
  if (first) return first;
  const answer = await find(model, asked, work);
  found.set(model, known.set(answer.indicator, answer));
  return answer;
}

async function find(model: LoadedModel, asked: Indicator | undefined, work: Work): Promise<Undertrained> {
  const { compiled, tokenizer } = model;
  const { tieWordEmbeddings, name } = compiled.config;
  const input = new Matrix(compiled, 'embedding');
  const output = tieWordEmbeddings ? input : new Matrix(compiled, 'unembedding');
  const categories = await categoriesOf(tokenizer, input.rows, half(work, 0));
  const unused = knownUnused(tokenizer, output, categories);
  const available = availableOf(tieWordEmbeddings, unused);
  const [usual] = available;
  if (usual === undefined) {
    throw new VitrineError(
      'undertrained.nothing',
      sentence`Nothing tells the undertrained tokens of ${name}: its embedding is its unembedding too, and its vocabulary has no token that is known to be unused, from which to measure. Choose another model.`,
    );
  }
  const indicator = asked ?? usual;
  if (!available.includes(indicator)) {
    throw new VitrineError(
      'undertrained.indicator',
      sentence`${name} has no indicator ${indicator}. Choose one of: ${available.join(', ')}.`,
    );
  }
  const rest = half(work, 1);
  const values =
    indicator === 'inputNorm' ? await rowNorms(input, rest) : await cosineDistances(output, unused, indicator, rest);
  const threshold = thresholdOf(values, categories);
  const candidates = candidatesOf(tokenizer, values, categories, threshold);
  const reason = reasonOf(indicator, tieWordEmbeddings, unused.length);
  return { indicator, reason, available, unused, values, categories, threshold, candidates };
}

function availableOf(isTied: boolean, unused: Uint32Array): Indicator[] {
  const distances: Indicator[] = unused.length > 0 ? ['cosine', 'cosineWithoutMean', 'cosineWithoutComponent'] : [];
  return isTied ? distances : ['inputNorm', ...distances];
}

function reasonOf(indicator: Indicator, isTied: boolean, unused: number): Sentence {
  if (indicator === 'inputNorm') {
    return sentence`The embedding of this model is a matrix of its own: the row of a token that training never met stays short there, or weight decay makes it short.`;
  }
  return isTied
    ? sentence`The embedding of this model is its unembedding too, so that a row's length says little. Tokens that training never met end up near those that it cannot have met, of which this vocabulary has ${unused}. The distance to them tells.`
    : sentence`In the unembedding, tokens that training never met end up near those that it cannot have met, of which this vocabulary has ${unused}. The distance to them tells.`;
}

/** The first or the second half of a task, told as one of so many rows. */
function half({ signal, progress }: Work, index: 0 | 1): Work {
  const report: Progress = (done, total) => progress(done + index * total, 2 * total);
  return { signal, progress: report };
}
