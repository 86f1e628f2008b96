import type { Span } from '../../shared/tokens';
import type { Syntax } from '../languages/syntax';

/** A comment or a string of a text. */
export interface TextPart extends Span {
  kind: 'comment' | 'string';
}

/** The comments and strings of a text, in order; what lies between is code. */
export function partsOf(text: string, { comment, string, plain }: Syntax): TextPart[] {
  const alternatives = [`(?<comment>${comment.source})`, `(?<string>${string.source})`];
  if (plain) alternatives.unshift(`(?<plain>${plain.source})`);
  const flags = [...new Set(`g${comment.flags}${string.flags}`)].join('');
  const parts: TextPart[] = [];
  for (const { 0: matched, index, groups } of text.matchAll(new RegExp(alternatives.join('|'), flags))) {
    if (matched === '' || groups?.plain !== undefined) continue;
    const kind = groups?.comment === undefined ? 'string' : 'comment';
    parts.push({ kind, start: index, end: index + matched.length });
  }
  return parts;
}
