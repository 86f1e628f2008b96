import * as vscode from 'vscode';
import type { ModelInfo } from '../../shared/engine-api';
import type { EngineApi } from '../../shared/requests';
import type { Span } from '../../shared/tokens';
import type { ForwardPass } from './passes';
import { READING_TOP_K, type Reading, type ReadingMode, type ReadingPart } from './reading';
import { sentPart } from './sent-part';
import { stepsTo } from './steps';

/** What somebody wants to know of a document. Offsets in UTF-16 units. */
export interface ReadingRequest {
  /** What is to be shown and summed. */
  shown: readonly Span[];
  /** From which offset on somebody waits for it: nothing is told of what is read before. */
  seen: number;
  /** Where the text begins that is read, in one piece; by default that is up to the mode. */
  from?: number;
}

/** What is to be read of it. */
export interface DocumentRequest extends ReadingRequest {
  document: vscode.TextDocument;
  mode: ReadingMode;
  /** Up to which offset the text was read before, and need not be read again. */
  readUpTo: number;
}

/** By whom it is read. */
export interface DocumentReader {
  model: ModelInfo;
  forward(text: string): Promise<ForwardPass>;
  engine: Pick<EngineApi, 'predictions'>;
}

/** Reads a document, or some parts of it, and tells of what is read while it reads on; the last one is complete. */
export async function* readDocument(reader: DocumentReader, request: DocumentRequest): AsyncGenerator<Reading> {
  const { document, shown, seen, readUpTo } = request;
  const { uri, version } = document;
  const texts = textsOf(request);
  const parts: ReadingPart[] = [];
  let cut = 0;
  for (const { start, end } of texts) {
    for (const stop of stopsOf(reader.model, Math.max(start, readUpTo), seen, end)) {
      const { part, model } = await readPart(reader, document, { start, end: stop });
      const skipped = (part.starts[0] ?? start) - start;
      const complete = stop === texts.at(-1)?.end;
      yield {
        uri: uri.toString(),
        version,
        model,
        shown,
        parts: [...parts, part],
        cut: cut + skipped,
        complete,
      };
      if (stop !== end) continue;
      parts.push(part);
      cut += skipped;
    }
  }
}

/** A server that reads a text anew each time reads it once, and not its beginnings first. */
const stopsOf = ({ server }: ModelInfo, known: number, seen: number, end: number): number[] =>
  server && !server.isIncremental ? [end] : stepsTo(known, seen, end);

/** The texts to read: all up to the last range, or each range by itself. */
function textsOf({ shown, mode, from }: DocumentRequest): Span[] {
  const nonEmpty = shown.filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start);
  if (mode === 'selectionAlone' && from === undefined) return nonEmpty;
  const end = Math.max(0, ...nonEmpty.map((range) => range.end));
  return end > 0 ? [{ start: from ?? 0, end }] : [];
}

/** Of a text that is too long the end that fits. */
async function readPart(
  { model: { contextLength, server }, forward, engine }: DocumentReader,
  document: vscode.TextDocument,
  span: Span,
): Promise<{ part: ReadingPart; model: ModelInfo }> {
  const { start, end } = sentPart(span, { contextLength, server });
  const text = document.getText(new vscode.Range(document.positionAt(start), document.positionAt(end)));
  const { trace, ids, starts, ends, windowStarts, model } = await forward(text);
  const predictions = await engine.predictions({ trace, from: 0, to: ids.length, topK: READING_TOP_K });
  const shift = (offsets: Uint32Array) => offsets.map((offset) => offset + start);
  const part = { trace, ids, starts: shift(starts), ends: shift(ends), predictions, windowStarts };
  return { part, model };
}
