import { jsonPieces, listPieces } from '../json-pieces';
import { type TokenizedText, tokensOf } from './tokenized-text';

/** What `--json` prints, in pieces: an object, or an array of them for several vocabularies. */
export function* tokensJson(texts: readonly TokenizedText[]): Generator<string> {
  const [first] = texts;
  if (first && texts.length === 1) yield* textPieces(first);
  else yield* listPieces(texts, textPieces);
  yield '\n';
}

function textPieces(tokenized: TokenizedText): Iterable<string> {
  const { vocabulary, text, count, dropped } = tokenized;
  const unseen = dropped.map(({ start, end }) => ({ text: text.slice(start, end), start, end }));
  return jsonPieces({
    vocab: vocabulary.name,
    text,
    tokens: tokensOf(tokenized),
    count,
    dropped: unseen.length > 0 ? unseen : undefined,
  });
}
