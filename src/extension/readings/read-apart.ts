import type { Span } from '../../shared/tokens';
import type { TextApart } from './apart';
import type { DocumentReader, DocumentRequest } from './read-document';
import { READING_TOP_K, type Reading, type ReadingPart } from './reading';

/** What is read of a document that holds texts, each of which is read by itself. */
interface ApartRequest extends DocumentRequest {
  texts: readonly TextApart[];
  /** What was read of the document before, in the same way: texts that it still has are not read again. */
  known: Reading | undefined;
}

/** Reads texts of a document one by one, in the order in which they are given, and tells after each; the last reading is complete. */
export async function* readApart(reader: DocumentReader, request: ApartRequest): AsyncGenerator<Reading> {
  const { texts } = request;
  const read = new Map<TextApart, ReadingPart[]>();
  let model = request.known?.model;
  for (const text of texts) {
    const part = request.known?.parts.find(({ apart }) => apart?.text === text.text);
    if (part?.apart) read.set(text, partsOf(part, part.apart, text));
  }
  const unread = texts.filter((text) => !read.has(text));
  for (const text of unread) {
    const { trace, ids, starts, ends, windowStarts, model: readBy } = await reader.forward(text.text);
    const predictions = await reader.engine.predictions({ trace, from: 0, to: ids.length, topK: READING_TOP_K });
    read.set(
      text,
      partsOf({ trace, ids, starts, ends, predictions, windowStarts }, { text: text.text, starts, ends }, text),
    );
    model = readBy;
    yield reading(request, model, read, text === unread.at(-1));
  }
  if (unread.length === 0) yield reading(request, model ?? reader.model, read, true);
}

/** A text once for each run of places that it has in the document. */
function partsOf(
  part: ReadingPart,
  { starts, ends }: NonNullable<ReadingPart['apart']>,
  text: TextApart,
): ReadingPart[] {
  const apart = { text: text.text, starts, ends };
  return text.placesOf({ starts, ends }).map((places) => ({ ...part, ...places, apart }));
}

function reading(
  { document, shown, texts }: ApartRequest,
  model: Reading['model'],
  read: ReadonlyMap<TextApart, ReadingPart[]>,
  complete: boolean,
): Reading {
  const parts = [...read.values()].flat().sort((a, b) => firstPlace(a) - firstPlace(b));
  return {
    uri: document.uri.toString(),
    version: document.version,
    model,
    shown: withWholeTexts(shown, texts),
    parts,
    cut: parts.reduce((sum, { apart }) => sum + (apart?.starts[0] ?? 0), 0),
    complete,
  };
}

const firstPlace = ({ starts }: ReadingPart) => starts[0] ?? 0;

/** Spans with all of the texts that they have a part in: none is read in part. */
function withWholeTexts(spans: readonly Span[], texts: readonly TextApart[]): Span[] {
  const all = [...spans, ...texts.map(({ span }) => span)];
  return [{ start: Math.min(...all.map(({ start }) => start)), end: Math.max(...all.map(({ end }) => end)) }];
}
