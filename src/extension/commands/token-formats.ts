/** A token as it is copied; offsets in UTF-16 units of the document. */
export interface CopiedToken {
  id: number;
  /** The characters that it has a part in. */
  text: string;
  start: number;
  end: number;
}

export const TOKEN_FORMATS = ['ids', 'json', 'csv', 'text'] as const;
export type TokenFormat = (typeof TOKEN_FORMATS)[number];

/** Between tokens of a text. */
const BOUNDARY = '│';

/** Tokens as something to paste. */
export function formatTokens(tokens: readonly CopiedToken[], format: TokenFormat): string {
  switch (format) {
    case 'ids':
      return tokens.map(({ id }) => id).join(', ');
    case 'json':
      return JSON.stringify(tokens);
    case 'csv':
      return ['id,text,start,end', ...tokens.map(csvRow)].join('\r\n');
    case 'text':
      return textWithBoundaries(tokens);
  }
}

/** RFC 4180. */
function csvRow({ id, text, start, end }: CopiedToken): string {
  return `${id},"${text.replaceAll('"', '""')}",${start},${end}`;
}

/** A character that tokens share stands with the first of them; the others show as two boundaries side by side. */
function textWithBoundaries(tokens: readonly CopiedToken[]): string {
  const parts = tokens.map(({ text, start }, index) =>
    text.slice(Math.max(0, (tokens[index - 1]?.end ?? start) - start)),
  );
  return parts.join(BOUNDARY);
}
