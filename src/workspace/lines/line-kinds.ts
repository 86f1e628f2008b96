import type { LineKind } from '../../shared/workspace-api';
import type { Syntax } from '../languages/syntax';
import { lineAt } from './line-starts';
import type { TextPart } from './parts';

/** UTF-16 units; in what is longer, no person begins anything. What looks for the end of a beginning takes the square of it. */
const LONGEST_BEGINNING = 1000;

/** How much of a line's text, without white space, is comment and string. */
interface Shares {
  letters: number;
  comment: number;
  string: number;
}

/**
 * What stands in each line of a text: a comment where nothing else does, a string where more than half of it is one, and
 * what its first words begin. What an import lists in brackets is of the import.
 */
export function lineKindsOf(text: string, starts: Uint32Array, parts: readonly TextPart[], syntax: Syntax): LineKind[] {
  const shares = sharesOf(text, starts, parts);
  let open = 0;
  return shares.map((share, line) => {
    const content = text.slice(starts[line], starts[line + 1] ?? text.length).trimStart();
    if (share.letters > 0 && share.comment === share.letters) return 'comment';
    const isImport =
      open > 0 || (share.string < share.letters && syntax.imports.test(content.slice(0, LONGEST_BEGINNING)));
    if (isImport) {
      open = Math.max(0, open + bracketsOf(content));
      return 'import';
    }
    if (2 * share.string > share.letters) return 'string';
    return content.length <= LONGEST_BEGINNING && syntax.declaration.test(content) ? 'declaration' : 'other';
  });
}

function sharesOf(text: string, starts: Uint32Array, parts: readonly TextPart[]): Shares[] {
  const shares: Shares[] = Array.from(starts, () => ({ letters: 0, comment: 0, string: 0 }));
  const count = (from: number, to: number, name: keyof Shares) => {
    for (let at = from, line = lineAt(starts, from); at < to; line++) {
      const end = Math.min(to, starts[line + 1] ?? text.length);
      (shares[line] as Shares)[name] += text.slice(at, end).replaceAll(/\s/g, '').length;
      at = end;
    }
  };
  count(0, text.length, 'letters');
  for (const { kind, start, end } of parts) count(start, end, kind);
  return shares;
}

const bracketsOf = (line: string) => line.replaceAll(/[^({]/g, '').length - line.replaceAll(/[^)}]/g, '').length;
