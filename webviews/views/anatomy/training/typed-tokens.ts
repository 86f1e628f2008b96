import { readNumber } from '../../../../src/display/read-number';

const PREFIXES: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, g: 1e9, b: 1e9, t: 1e12 };

/** A large number as people type it: `2T`, `300 B`, `1.5e12`, `2,000,000`; undefined where it is none. Less than one token is none. */
export function typedTokens(text: string): number | undefined {
  const [, digits = '', exponent, prefix] = /^\s*([\d.,\s]+?)\s*(?:e\+?(\d{1,2})|([kmgbt]))?\s*$/i.exec(text) ?? [];
  const number = Number(readNumber(digits) ?? Number.NaN);
  const tokens = Math.round(number * (PREFIXES[prefix?.toLowerCase() ?? ''] ?? 1) * 10 ** Number(exponent ?? 0));
  return tokens > 0 ? tokens : undefined;
}
