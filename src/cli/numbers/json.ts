import type { NumberMap, NumberReport, Operand, Sum } from '../../tokenizer/number-lens';

/** A report for programs; `map` only where it was asked for. */
export function reportJson(report: NumberReport, withMap: boolean): object {
  const { vocabulary, number, tokens, groups, notations, rule, map } = report;
  return {
    vocab: vocabulary,
    number,
    tokens,
    groups,
    notations,
    rule: { digitsAPiece: rule.digitsAPiece ?? null, takesSpace: rule.takesSpace, missing: rule.missing },
    ...sharesJson(map),
    ...(withMap ? { map: Array.from(map.counts) } : {}),
  };
}

/** The map by itself, of no number. */
export function mapJson(vocabulary: string, map: NumberMap): object {
  return { vocab: vocabulary, ...sharesJson(map), map: Array.from(map.counts) };
}

function sharesJson({ firstSplit, shares }: NumberMap): object {
  return { firstSplit: firstSplit ?? null, shares };
}

export function sumJson(vocabulary: string, { sign, a, b, c, carries, crossings }: Sum): object {
  const operand = ({ digits, tokens }: Operand) => ({ number: digits, tokens });
  return { vocab: vocabulary, sign, a: operand(a), b: operand(b), c: operand(c), carries, crossings };
}
