import { availableMemory } from '../model/cache/available-memory';
import type { ModelConfig } from '../model/config';

/** Of the memory that is free, what the residual streams of one text may take where the limit for all texts is less. */
const LARGEST_SHARE = 0.5;

/** Whether so many bytes of residual streams may be kept of one text. */
export const streamsFit = async (bytes: number, memoryLimitBytes: number): Promise<boolean> =>
  bytes <= memoryLimitBytes || bytes <= LARGEST_SHARE * (await availableMemory());

/** What the residual streams that enter the layers take of a text. */
export const streamBytes = ({ numHiddenLayers, hiddenSize }: ModelConfig, tokens: number): number =>
  numHiddenLayers * hiddenSize * tokens * Float32Array.BYTES_PER_ELEMENT;
