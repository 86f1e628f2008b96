import { onTestFinished } from 'vitest';
import { architectureOf } from '../../src/model/architectures';
import type { Checkpoint } from '../../src/model/checkpoint/checkpoint';
import { openCheckpoint } from '../../src/model/checkpoint/open';
import type { ModelConfig } from '../../src/model/config';
import { ARCHITECTURE_CASES } from './architecture-cases';

export type Changes = Record<string, unknown>;
export type Format = Checkpoint['format'];

/** Whether a case of the tests has that model in that format. */
export const isHere = ([name, format]: readonly [string, Format, ...unknown[]]) =>
  ARCHITECTURE_CASES.some((one) => one.name === name && one.format === format);

export function open(path: string): Checkpoint {
  const checkpoint = openCheckpoint(path);
  onTestFinished(() => checkpoint.close());
  return checkpoint;
}

/** The configuration of a tiny model, with other settings: undefined takes one away. */
export function configWith(name: string, format: Format, changes: Changes): ModelConfig {
  const { path } = ARCHITECTURE_CASES.find((one) => one.name === name && one.format === format) as { path: string };
  const checkpoint = changed(open(path), changes);
  return architectureOf(checkpoint).config(checkpoint);
}

export function changed(checkpoint: Checkpoint, changes: Changes): Checkpoint {
  const { metadata } = checkpoint;
  const keys = new Set([...metadata.keys, ...Object.keys(changes)]);
  for (const key of Object.keys(changes)) if (changes[key] === undefined) keys.delete(key);
  const get = (key: string) => (key in changes ? (changes[key] ?? undefined) : metadata.get(key));
  return Object.create(checkpoint, { metadata: { value: { ...metadata, keys: [...keys], get } } });
}
