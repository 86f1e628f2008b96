import { type ForwardFlops, forwardFlops } from '../../anatomy/flops';
import { type Glitch, glitchOf } from '../../anatomy/glitch';
import { cacheBytes, kvBytesPerToken, traceBytes } from '../../anatomy/memory';
import { CHINCHILLA, EPOCH, fittedLoss, type LossFit, optimalTokens } from '../../anatomy/scaling-laws';
import type { Engine } from '../../engine/client';
import type { ModelAnatomy } from '../../shared/anatomy-api';
import type { ModelInfo } from '../../shared/engine-api';
import { VitrineError } from '../../shared/errors';
import { TASK } from '../session';

/** What a fit of the papers would have a model of this size read. */
export interface BestTraining {
  tokens: number;
  /** Nats a token of the paper's own vocabulary and texts. */
  loss: number;
}

/** A model and what a text of so many tokens costs it. */
export interface Costs {
  model: ModelInfo;
  anatomy: ModelAnatomy;
  tokens: number;
  flops: { full: ForwardFlops; causal: ForwardFlops };
  kvBytesPerToken: number;
  /** In bytes, of a run over so many tokens. */
  memory: { weights: number; cache: number; trace: number };
  chinchilla: { printed: BestTraining; refit: BestTraining };
  /** Undefined where nothing tells such tokens. */
  glitch: Glitch | undefined;
}

export async function costsOf(engine: Engine, model: ModelInfo, tokens: number): Promise<Costs> {
  const anatomy = await engine.anatomy({});
  const bestBy = (fit: LossFit) => {
    const best = optimalTokens(fit, anatomy.parameters);
    return { tokens: best, loss: fittedLoss(fit, anatomy.parameters, best) };
  };
  return {
    model,
    anatomy,
    tokens,
    flops: { full: forwardFlops(anatomy, tokens, 'full'), causal: forwardFlops(anatomy, tokens, 'causal') },
    kvBytesPerToken: kvBytesPerToken(anatomy),
    memory: { weights: model.diskBytes ?? 0, cache: cacheBytes(anatomy, tokens), trace: traceBytes(anatomy, tokens) },
    chinchilla: { printed: bestBy(CHINCHILLA), refit: bestBy(EPOCH) },
    glitch: await glitchIn(engine),
  };
}

async function glitchIn(engine: Engine): Promise<Glitch | undefined> {
  try {
    return glitchOf(await engine.undertrained({ task: TASK }));
  } catch (error) {
    if (error instanceof VitrineError && error.code === 'undertrained.nothing') return undefined;
    throw error;
  }
}
