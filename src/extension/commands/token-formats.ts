import { csvRow } from '../../shared/csv';

/** A token as it is copied; offsets in UTF-16 units of the document, or of a chat's prompt. */
export interface CopiedToken {
  id: number;
  /** The characters that it has a part in. */
  text: string;
  start: number;
  end: number;
}

export const TOKEN_FORMATS = ['ids', 'json', 'csv', 'text'] as const;
export type TokenFormat = (typeof TOKEN_FORMATS)[number];

/** Tokens that are put into words in one step. */
const STEP_TOKENS = 1024;

/** What stands before, between and after the tokens. */
const FRAMES: Record<TokenFormat, readonly [before: string, between: string, after: string]> = {
  ids: ['', ', ', ''],
  json: ['[', ',', ']'],
  csv: ['id,text,start,end\r\n', '\r\n', ''],
  text: ['', '│', ''],
};

/** Tokens as something to paste, in steps of bounded work. */
export function* formatTokens(tokens: Iterable<CopiedToken>, format: TokenFormat): Generator<undefined, string> {
  const [before, between, after] = FRAMES[format];
  const parts: string[] = [];
  let last: CopiedToken | undefined;
  for (const token of tokens) {
    parts.push(partOf(token, last, format));
    last = token;
    if (parts.length % STEP_TOKENS === 0) yield;
  }
  return `${before}${parts.join(between)}${after}`;
}

function partOf(token: CopiedToken, last: CopiedToken | undefined, format: TokenFormat): string {
  const { id, text, start, end } = token;
  switch (format) {
    case 'ids':
      return `${id}`;
    case 'json':
      return JSON.stringify(token);
    case 'csv':
      // What is copied is the token as it is.
      return csvRow([id, text, start, end], { isGuarded: false });
    case 'text':
      // A character that tokens share stands with the first of them; the others show as two boundaries side by side.
      return text.slice(Math.max(0, (last?.end ?? start) - start));
  }
}
