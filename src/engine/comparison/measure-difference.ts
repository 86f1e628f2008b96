import type { ComparedModels } from '../../model/difference';
import type { Difference } from '../../shared/engine-api';
import type { Progress, Work } from '../../shared/progress';
import { createTokenizer } from '../../tokenizer';
import { LayerRunner } from '../layer-runner';
import { createSession, type Session } from '../sessions';
import { readWeight } from '../weight-rows';
import { ComparedModel } from './compared-model';
import { Divergence } from './divergence';
import { SAMPLE, SAMPLE_TOKENS } from './sample';

/**
 * How far rounding has moved a model, on the sample; undefined where its tokenizer sees nothing of that, or somebody does
 * not wait. Neither model has to fit in memory: a layer's weights are read at a time, and some rows of the unembedding.
 * The rounded weights are expanded to float32, which is what products with them mean.
 */
export async function measureDifference(models: ComparedModels, work: Work): Promise<Difference | undefined> {
  const ids = sampleOf(models);
  if (ids.length === 0) return undefined;
  const { sessions, release } = await startSessions(models);
  try {
    return await compare(models, sessions, ids, work);
  } catch (error) {
    if (work.signal.aborted) return undefined;
    throw error;
  } finally {
    await release();
  }
}

async function compare(
  models: ComparedModels,
  sessions: Sessions,
  ids: number[],
  { signal, progress }: Work,
): Promise<Difference> {
  const { config } = models;
  const steps = stepsOf(progress, config.numHiddenLayers);
  const runner = new LayerRunner(sessions.layers, models, ids.length);
  const headsOn = new Float32Array(config.numAttentionHeads).fill(1);
  const exact = ComparedModel.exact(models);
  const rounded = ComparedModel.rounded(models);
  const both = [exact, rounded];
  for (const model of both) await model.embed(sessions.embedding, ids);
  for (let layer = 0; layer < config.numHiddenLayers; layer++) {
    for (const model of both) {
      signal.throwIfAborted();
      runner.enter(layer, model.read);
      await runner.pass(model.streams, headsOn);
    }
    steps();
  }
  const divergence = new Divergence(ids.length);
  const name = config.tieWordEmbeddings ? 'embedding' : 'unembedding';
  let first = 0;
  for (const rows of models.exactPieces(name)) {
    signal.throwIfAborted();
    const others = new Float32Array(rows.length);
    readWeight(models, name, others, first);
    const logits = await exact.logits(sessions.logits, name, rows);
    divergence.add(logits, await rounded.logits(sessions.logits, name, others), rows.length / config.hiddenSize);
    first += rows.length / config.hiddenSize;
  }
  return divergence.difference();
}

/** The sample's first tokens, after those that the model wants before every text. */
function sampleOf({ vocabulary, config }: ComparedModels): number[] {
  const tokenizer = createTokenizer(vocabulary);
  const ids = [...tokenizer.begin, ...tokenizer.encode(SAMPLE).ids];
  return ids.filter((id) => id < config.vocabSize).slice(0, Math.min(SAMPLE_TOKENS, config.contextLength));
}

/** Those that both models share: none has weights of its own. */
interface Sessions {
  embedding: Session;
  logits: Session;
  /** Of each kind. */
  layers: Session[];
}

async function startSessions({ weightsFolder, graphs, comparison }: ComparedModels) {
  const create = (name: string, graph: Uint8Array) => createSession(name, graph, weightsFolder, { provider: 'cpu' });
  const sessions: Sessions = {
    embedding: await create('embedding', comparison.embedding),
    logits: await create('logits', comparison.logits),
    layers: await Promise.all(graphs.kinds.map(({ layer }) => create('layer', layer))),
  };
  const release = async () => {
    for (const session of [sessions.embedding, sessions.logits, ...sessions.layers]) await session.release();
  };
  return { sessions, release };
}

/** Tells of one step more each time. */
function stepsOf(progress: Progress, total: number): () => void {
  let done = 0;
  progress(done, total);
  return () => progress(++done, total);
}
