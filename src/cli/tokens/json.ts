import * as v from 'valibot';
import { formatBytes } from '../../display/format-bytes';
import { errorText } from '../../display/sentences';
import { messageOf, VitrineError } from '../../shared/errors';
import type { Tokenization } from '../../shared/tokens';
import { jsonPieces, listPieces } from '../json-pieces';
import { LONGEST_LINE, linesOf } from '../lines';
import { stream } from '../output';
import { type OpenVocabulary, openNamed } from '../vocabularies';
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

const Request = v.object({ vocab: v.string(), text: v.string(), special: v.optional(v.boolean(), false) });

/**
 * Answers every line `{ "vocab", "text", "special"? }` with a line `{ "ids", "spans" }`, and one that is no such
 * request with `{ "error" }`: the answers stay in step with the questions.
 */
export async function answerLines(input: NodeJS.ReadableStream): Promise<void> {
  const open = new Map<string, Promise<OpenVocabulary>>();
  for await (const line of linesOf(input)) {
    if (line?.trim() === '') continue;
    await stream(await answerTo(line, open).catch(errorPieces));
  }
}

async function answerTo(
  line: string | undefined,
  open: Map<string, Promise<OpenVocabulary>>,
): Promise<Iterable<string>> {
  if (line === undefined) {
    throw new VitrineError(
      'tokens.line',
      `This line has more than ${formatBytes(LONGEST_LINE)}. Send the text in parts.`,
    );
  }
  const { vocab, text, special } = parseRequest(line);
  const opening = open.get(vocab) ?? openNamed(vocab);
  open.set(vocab, opening);
  const { tokenizer } = await opening;
  return answerPieces(tokenizer.encode(text, { special }));
}

function* answerPieces({ ids, starts, ends }: Tokenization): Generator<string> {
  yield '{"ids":[';
  for (const [i, id] of ids.entries()) yield `${i > 0 ? ',' : ''}${id}`;
  yield '],"spans":[';
  for (const [i, start] of starts.entries()) yield `${i > 0 ? ',' : ''}[${start},${ends[i]}]`;
  yield ']}\n';
}

function errorPieces(error: unknown): string[] {
  return [JSON.stringify({ error: errorText(error) }), '\n'];
}

function parseRequest(line: string): v.InferOutput<typeof Request> {
  try {
    // A file may begin with a byte order mark, which is white space to `trim` and none to JSON.
    return v.parse(Request, JSON.parse(line.trim()));
  } catch (error) {
    throw new VitrineError(
      'tokens.request',
      `This line is no request (${messageOf(error)}). Write {"vocab": "cl100k_base", "text": "…"} in one line.`,
    );
  }
}
