import type { RecordedDistribution, RecordedTokens } from '../../recording/recording';
import type { Lenses } from '../../shared/inspector-api';

const LARGEST_CODE = 65535;

/** Every token of the model's vocabulary. @param size how many there are */
export async function recordTokens(lenses: Lenses, size: number): Promise<RecordedTokens> {
  const descriptions = await lenses.describe({ ids: Array.from({ length: size }, (_, id) => id) });
  const idsWhere = (is: (description: (typeof descriptions)[number]) => boolean) =>
    descriptions.flatMap((description, id) => (is(description) ? [id] : []));
  return {
    bytes: new Uint8Array(Buffer.from(descriptions.map(({ bytes }) => bytes).join(''), 'hex')),
    lengths: smallest(descriptions.map(({ bytes }) => bytes.length / 2)),
    control: idsWhere(({ control }) => control),
    ends: idsWhere(({ ends }) => ends),
  };
}

export async function recordDistribution(
  lenses: Lenses,
  { trace, tokens }: { trace: number; tokens: number },
): Promise<RecordedDistribution> {
  const logprobs = await lenses.distribution({ trace, position: tokens - 1 });
  // None is impossible in the arithmetic of a model, but a float may not hold how improbable one is.
  const lowest = logprobs.reduce((least, logprob) => (Number.isFinite(logprob) ? Math.min(least, logprob) : least), -1);
  const codeOf = (logprob: number) => Math.round(LARGEST_CODE * Math.min(1, logprob / lowest));
  return { lowest, codes: Uint16Array.from(logprobs, codeOf) };
}

/** Few vocabularies have a token of more than 255 bytes. */
const smallest = (lengths: number[]) =>
  lengths.every((length) => length < 256) ? Uint8Array.from(lengths) : Uint16Array.from(lengths);
