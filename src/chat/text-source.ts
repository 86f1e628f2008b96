import type { TextSource } from '../shared/chat';

/** A text, and where each of its UTF-16 units stands in the document. */
export interface SourcedText {
  text: string;
  source: TextSource;
}

export const NO_TEXT: SourcedText = { text: '', source: { starts: new Uint32Array(), ends: new Uint32Array() } };

/** A text that stands in the document as it is. */
export function asItStands(text: string, offset: number): SourcedText {
  const starts = Uint32Array.from({ length: text.length }, (_, unit) => offset + unit);
  return { text, source: { starts, ends: starts.map((start) => start + 1) } };
}

/** The units [from, to) of a text. */
export function slicedText({ text, source }: SourcedText, from: number, to: number = text.length): SourcedText {
  const { starts, ends } = source;
  return { text: text.slice(from, to), source: { starts: starts.subarray(from, to), ends: ends.subarray(from, to) } };
}

/** Texts one after another. */
export function joinedTexts(texts: readonly SourcedText[]): SourcedText {
  const [only] = texts;
  if (!only || texts.length === 1) return only ?? NO_TEXT;
  const text = texts.map((part) => part.text).join('');
  const source = { starts: new Uint32Array(text.length), ends: new Uint32Array(text.length) };
  let at = 0;
  for (const part of texts) {
    source.starts.set(part.source.starts, at);
    source.ends.set(part.source.ends, at);
    at += part.text.length;
  }
  return { text, source };
}

/** A text without the white space around it. */
export function trimmedText(text: SourcedText): SourcedText {
  const from = text.text.length - text.text.trimStart().length;
  return slicedText(text, from, Math.max(from, text.text.trimEnd().length));
}

/** Lines as models have read them: a line break of Windows is one character, which stands where both do. */
export function withPlainLineBreaks({ text, source }: SourcedText): SourcedText {
  if (!text.includes('\r\n')) return { text, source };
  const kept = Uint32Array.from(
    [...Array(text.length).keys()].filter((unit) => text[unit] !== '\r' || text[unit + 1] !== '\n'),
  );
  const starts = kept.map((unit) => {
    const isBreak = text[unit] === '\n' && text[unit - 1] === '\r';
    return source.starts[isBreak ? unit - 1 : unit] as number;
  });
  return {
    text: text.replaceAll('\r\n', '\n'),
    source: { starts, ends: kept.map((unit) => source.ends[unit] as number) },
  };
}
