import type { Span } from '../../shared/tokens';
import type { PartSyntax } from '../languages/syntax';

/** A comment or a string of a text. */
export interface TextPart extends Span {
  kind: 'comment' | 'string';
}

/** The comments and strings of a text, in order; what lies between is code. */
export function partsOf(text: string, { comment, string, plain, hasDocstrings }: PartSyntax): TextPart[] {
  const alternatives = [`(?<comment>${comment.source})`, `(?<string>${string.source})`];
  if (plain) alternatives.unshift(`(?<plain>${plain.source})`);
  const flags = [...new Set(`g${comment.flags}${string.flags}`)].join('');
  const parts: TextPart[] = [];
  for (const { 0: matched, index, groups } of text.matchAll(new RegExp(alternatives.join('|'), flags))) {
    if (matched === '' || groups?.plain !== undefined) continue;
    const kind = groups?.comment === undefined ? 'string' : 'comment';
    parts.push({ kind, start: index, end: index + matched.length });
  }
  return hasDocstrings ? docstringsAsComments(text, parts) : parts;
}

/** The comments of a text, in order. */
export const commentsOf = (text: string, syntax: PartSyntax): TextPart[] =>
  partsOf(text, syntax).filter(({ kind }) => kind === 'comment');

/** Of strings, those that have their lines to themselves, outside of brackets; the letters before their quotes are of them. */
function docstringsAsComments(text: string, parts: readonly TextPart[]): TextPart[] {
  let [depth, at] = [0, 0];
  return parts.map((part) => {
    const code = text.slice(at, part.start);
    const isFirst = at === 0;
    at = part.end;
    depth = Math.max(0, depth + depthOf(code));
    const lineStart = code.lastIndexOf('\n') + 1;
    const prefix = /^[ \t]*([rbuf]{0,2})$/i.exec(code.slice(lineStart))?.[1];
    const isStart = prefix !== undefined && (lineStart > 0 || isFirst) && !GOES_ON.test(code.slice(0, lineStart));
    LINE_END.lastIndex = part.end;
    if (part.kind === 'comment' || depth > 0 || !isStart || !LINE_END.test(text)) return part;
    return { kind: 'comment', start: part.start - prefix.length, end: part.end };
  });
}

/** A line break that ends no statement. */
const GOES_ON = /\\\r?\n$/;
/** Nothing but a comment before the next line. */
const LINE_END = /[ \t\r]*(?:[\n#]|$(?![\s\S]))/y;

const depthOf = (code: string) => code.replaceAll(/[^([{]/g, '').length - code.replaceAll(/[^)\]}]/g, '').length;
