import { type TokenizedText, tokensOf } from './tokenized-text';

/** What `--json` prints, in pieces: an object, or an array of them for several vocabularies. */
export function* jsonPieces(texts: readonly TokenizedText[]): Generator<string> {
  const [open, close] = texts.length === 1 ? ['', ''] : ['[', ']'];
  yield open;
  for (const [index, tokenized] of texts.entries()) {
    if (index > 0) yield ',';
    yield* objectPieces(tokenized);
  }
  yield `${close}\n`;
}

function* objectPieces(tokenized: TokenizedText): Generator<string> {
  const { vocabulary, text, count, dropped } = tokenized;
  const unseen = dropped.map(({ start, end }) => ({ text: text.slice(start, end), start, end }));
  yield `{"vocab":${JSON.stringify(vocabulary.name)},"text":${JSON.stringify(text)},"tokens":[`;
  let separator = '';
  for (const token of tokensOf(tokenized)) {
    yield separator + JSON.stringify(token);
    separator = ',';
  }
  yield `],"count":${count}${unseen.length > 0 ? `,"dropped":${JSON.stringify(unseen)}` : ''}}`;
}
