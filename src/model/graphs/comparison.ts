import type { Architecture } from '../architectures/architecture';
import { logitsOf } from '../architectures/logits';
import type { ModelConfig } from '../config';
import { encodeModel } from '../onnx/encode';
import { Graph } from '../onnx/graph';
import type { PlacedWeight } from '../weights';
import { broughtContext, type Weights } from './context';
import { COMPARISON } from './ports';

/** Beside the layers, what two models are compared by that may not fit in memory: graphs to which each run brings the weights. */
export interface ComparisonGraphs {
  embedding: Uint8Array;
  logits: Uint8Array;
}

export function comparisonGraphs(architecture: Architecture, config: ModelConfig, weights: Weights): ComparisonGraphs {
  return { embedding: embeddingGraph(architecture, config, weights), logits: logits(architecture, config, weights) };
}

/** What enters the first layer. */
export function embeddingGraph(architecture: Architecture, config: ModelConfig, weights: Weights): Uint8Array {
  const g = new Graph('embedding');
  const rows = g.input(COMPARISON.embeddings, 'float32', ['T', config.hiddenSize]);
  const positions = () => g.input(COMPARISON.positions, 'int64', ['T']);
  const context = broughtContext(g, config, weights, '', ({ shape }) => shape, addedNames(weights));
  const residual = architecture.embed?.(context, rows, positions) ?? rows;
  g.output(COMPARISON.residual, residual, 'float32', ['T', config.hiddenSize]);
  return encodeModel(g);
}

/** Some rows of the vocabulary at a time. */
function logits(architecture: Architecture, config: ModelConfig, weights: Weights): Uint8Array {
  const g = new Graph('logits');
  const x = g.input(COMPARISON.residual, 'float32', ['T', config.hiddenSize]);
  const shapeOf = ({ shape }: PlacedWeight, name: string) =>
    isOfVocabulary(name) ? ['rows', ...shape.slice(1)] : shape;
  const context = broughtContext(g, config, weights, '', shapeOf, addedNames(weights));
  g.output(COMPARISON.logits, logitsOf(architecture, context, x), 'float32', ['T', 'rows']);
  return encodeModel(g);
}

/** Weights to which an adapter adds. */
const addedNames = (weights: Weights) =>
  new Set([...weights].flatMap(([name, { addition }]) => (addition ? name : [])));

/** Whether a weight has a row for every token. */
const isOfVocabulary = (name: string): boolean => name === 'embedding' || name === 'unembedding';
