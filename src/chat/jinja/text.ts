import { TemplateError } from './template-error';

/** A piece of a text that stands in a message: nobody but a person wrote it. */
export interface Mark {
  start: number;
  end: number;
  message: number;
  /** Where it stands in the message's content; −1 where it is not there unit by unit. */
  from: number;
}

const NO_MARKS: readonly Mark[] = [];

/** UTF-16 units. A template that makes more has lost itself: a page has thousands. */
const LIMIT = 32 * 1024 * 1024;

/** Text of a template's run that knows which of it comes from messages. Offsets are UTF-16 units. */
export class Text {
  constructor(
    readonly value: string,
    readonly marks: readonly Mark[] = NO_MARKS,
  ) {
    if (value.length > LIMIT) throw new TemplateError('makes a text that has no end');
  }

  get length(): number {
    return this.value.length;
  }

  slice(start: number, end = this.value.length): Text {
    if (start <= 0 && end >= this.value.length) return this;
    if (this.marks.length === 0) return new Text(this.value.slice(start, end));
    const marks = this.marks
      .filter((mark) => mark.start < end && mark.end > start)
      .map((mark) => cut(mark, start, end));
    return new Text(this.value.slice(start, end), marks);
  }

  /** Other characters in the same places, or in none: still of a message, but not as it has them. */
  replaced(value: string): Text {
    if (value === this.value) return this;
    const [first] = this.marks;
    if (first === undefined || value === '') return new Text(value);
    return new Text(value, [{ start: 0, end: value.length, message: first.message, from: -1 }]);
  }
}

function cut(mark: Mark, start: number, end: number): Mark {
  const skipped = Math.max(0, start - mark.start);
  return {
    start: mark.start + skipped - start,
    end: Math.min(mark.end, end) - start,
    message: mark.message,
    from: mark.from < 0 ? mark.from : mark.from + skipped,
  };
}

export const EMPTY = new Text('');

export function concat(texts: readonly Text[]): Text {
  if (texts.length === 1) return texts[0] as Text;
  const marks: Mark[] = [];
  let at = 0;
  for (const text of texts) {
    for (const mark of text.marks) marks.push({ ...mark, start: mark.start + at, end: mark.end + at });
    at += text.length;
  }
  if (at > LIMIT) throw new TemplateError('makes a text that has no end');
  return new Text(texts.map(({ value }) => value).join(''), marks);
}

export function join(texts: readonly Text[], separator: Text): Text {
  return concat(texts.flatMap((text, i) => (i === 0 ? [text] : [separator, text])));
}

/** Cut at every place of `separator`, or at the first `limit` of them where that is not negative. */
export function split(text: Text, separator: string, limit = -1): Text[] {
  const pieces: Text[] = [];
  let at = 0;
  while (limit < 0 || pieces.length < limit) {
    const next = text.value.indexOf(separator, at);
    if (next < 0) break;
    pieces.push(text.slice(at, next));
    at = next + separator.length;
  }
  return [...pieces, text.slice(at)];
}

/** What `safe` gives: as Python's `Markup`, it escapes what is added to it for HTML. */
export class SafeText extends Text {}

export const safe = ({ value, marks }: Text): SafeText => new SafeText(value, marks);

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', "'": '&#39;', '"': '&#34;' };

export function escapeHtml(text: Text): Text {
  if (text instanceof SafeText) return text;
  return text.replaced(text.value.replace(/[&<>'"]/g, (char) => ENTITIES[char] as string));
}

export function add(a: Text, b: Text): Text {
  if (a instanceof SafeText || b instanceof SafeText) return safe(concat([escapeHtml(a), escapeHtml(b)]));
  return concat([a, b]);
}
