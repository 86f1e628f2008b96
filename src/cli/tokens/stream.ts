import * as v from 'valibot';
import { messageOf, VitrineError } from '../../shared/errors';
import type { Tokenization } from '../../shared/tokens';
import { stream } from '../output';
import { type OpenVocabulary, openNamed } from '../vocabularies';

/** A line of more bytes than this is no request. */
const LONGEST_LINE = 256e6;
const LINE_FEED = 0x0a;

const Request = v.object({ vocab: v.string(), text: v.string(), special: v.optional(v.boolean(), false) });

/**
 * Answers every line `{ "vocab", "text", "special"? }` with a line `{ "ids", "spans" }`, and one that is no such
 * request with `{ "error" }`: the answers stay in step with the questions.
 */
export async function answerLines(input: NodeJS.ReadableStream): Promise<void> {
  const open = new Map<string, Promise<OpenVocabulary>>();
  for await (const line of linesOf(input)) {
    if (line.trim() === '') continue;
    await stream(await answerTo(line, open).catch(errorPieces));
  }
}

async function answerTo(line: string, open: Map<string, Promise<OpenVocabulary>>): Promise<Iterable<string>> {
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
  return [JSON.stringify({ error: messageOf(error) }), '\n'];
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

/** Lines end at a line feed and nowhere else: JSON may hold the other characters that some count as line ends. */
async function* linesOf(input: NodeJS.ReadableStream): AsyncGenerator<string> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of input) {
    let rest = Buffer.from(chunk);
    for (let end = rest.indexOf(LINE_FEED); end >= 0; end = rest.indexOf(LINE_FEED)) {
      yield Buffer.concat([...parts, rest.subarray(0, end)]).toString('utf8');
      parts = [];
      length = 0;
      rest = rest.subarray(end + 1);
    }
    parts.push(rest);
    length += rest.length;
    if (length > LONGEST_LINE)
      throw new VitrineError('tokens.line', 'A line has more than 256 MB. Send the text in parts.');
  }
  if (length > 0) yield Buffer.concat(parts).toString('utf8');
}
