import type { VitrineWhy } from './vitrine';

/** So many terms, and so many tokens of the text, a chat's language model is told of: it reads every digit as a token. */
const TOLD = 20;

/** Why a token, to hundredths: what brings most, for or against, in its order, and what all others bring together. */
export function strongestOf({ terms, sources, ...why }: VitrineWhy) {
  const [strongTerms, otherTerms] = split(terms);
  const [strongSources, otherSources] = split(sources.map(({ token, value }) => ({ token: token.text, value })));
  return {
    token: toldToken(why.token),
    against: toldToken(why.against),
    position: why.position,
    logitDifference: round(why.logitDifference),
    terms: strongTerms,
    otherTerms,
    sources: strongSources,
    otherSources,
    remainder: round(why.remainder),
  };
}

function toldToken({ text, logprob }: VitrineWhy['token']) {
  return { text, probability: Number(Math.exp(logprob).toPrecision(2)) };
}

function split<T extends { value: number }>(parts: readonly T[]): [T[], number] {
  const byStrength = parts.toSorted((one, other) => Math.abs(other.value) - Math.abs(one.value));
  const strongest = new Set(byStrength.slice(0, TOLD));
  const others = byStrength.slice(TOLD).reduce((sum, { value }) => sum + value, 0);
  const told = parts.filter((part) => strongest.has(part)).map((part) => ({ ...part, value: round(part.value) }));
  return [told, round(others)];
}

export const round = (value: number): number => Math.round(100 * value) / 100;
