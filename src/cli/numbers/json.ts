import type { NumberReport, Operand, Sum } from '../../tokenizer/number-lens';

/** A report for programs; `map` only where it was asked for. */
export function reportJson(report: NumberReport, withMap: boolean): object {
  const { vocabulary, number, tokens, groups, notations, rule, map } = report;
  return {
    vocab: vocabulary,
    number,
    tokens,
    groups,
    notations,
    rule: { digitsAPiece: rule.digitsAPiece ?? null, takesSpace: rule.takesSpace },
    firstSplit: map.firstSplit ?? null,
    shares: map.shares,
    ...(withMap ? { map: Array.from(map.counts) } : {}),
  };
}

export function sumJson(vocabulary: string, { sign, a, b, c, carries, crossings }: Sum): object {
  const operand = ({ digits, tokens }: Operand) => ({ number: digits, tokens });
  return { vocab: vocabulary, sign, a: operand(a), b: operand(b), c: operand(c), carries, crossings };
}
