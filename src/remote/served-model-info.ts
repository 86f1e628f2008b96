import type { ModelInfo } from '../shared/engine-api';
import { sentence } from '../shared/errors';
import type { ServedModel } from './served-model';

/** Of a vocabulary that only the server knows: it bounds the scale of entropies. */
const USUAL_SIZE = 2 ** 17;

/**
 * What a model on a server tells of itself, as one on this machine does.
 *
 * @param sha256 as `identityOf` has it
 * @param milliseconds that the server was tried for
 */
export function servedModelInfo(model: ServedModel, sha256: string, milliseconds: number): ModelInfo {
  const { server, tokenizer } = model;
  return {
    capabilities: model.capabilities,
    server,
    name: model.name,
    hasAdapterGain: false,
    vocabularyName: model.name,
    sha256,
    architecture: '',
    languages: [],
    numHiddenLayers: 0,
    numAttentionHeads: 0,
    hiddenSize: 0,
    vocabSize: tokenizer.size ?? USUAL_SIZE,
    contextLength: model.contextLength,
    layers: [],
    notes: model.notes,
    fileType: '',
    provider: server.host,
    providerNote: sentence`The server ${server.host} (${server.kind}) runs it: texts are sent there.`,
    compileSeconds: 0,
    loadSeconds: milliseconds / 1000,
  };
}
