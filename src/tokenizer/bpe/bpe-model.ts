import { type Derivation, derive } from '../derivation';
import type { Encoding, Model } from '../model';
import type { Alphabet } from './alphabet';
import { LongMerge } from './long-merge';
import type { Merges } from './merges';
import { mergeShort, SHORT } from './short-merge';
import type { Symbols } from './symbols';

/** Byte-pair encoding (https://arxiv.org/abs/1508.07909): symbols of an alphabet, of which pairs merge into tokens. */
export class BpeModel implements Model {
  constructor(
    private readonly alphabet: Alphabet,
    private readonly merges: Merges,
  ) {}

  wholeToken(units: Uint16Array, start: number, end: number): number {
    return this.alphabet.wholeToken(units, start, end);
  }

  encode(units: Uint16Array, start: number, end: number, prefix: boolean, symbols: Symbols): Encoding | undefined {
    this.alphabet.symbolsOf(units, start, end, prefix, symbols);
    if (symbols.count > SHORT) return new LongMerge(symbols, this.merges);
    mergeShort(symbols, this.merges);
    return undefined;
  }

  bytesOf(id: number): Uint8Array {
    return this.alphabet.bytesOf(id);
  }

  derive(id: number): Derivation | undefined {
    return derive(this.alphabet, this.merges, id);
  }

  mergeRank(left: number, right: number): number | undefined {
    const pair = this.merges.pairOf(left, right);
    return pair < 0 ? undefined : this.merges.rankOf(pair);
  }
}
