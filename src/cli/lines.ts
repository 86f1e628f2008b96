/** Of more bytes a line is not kept: its text, its tokens and its answer take fifteen times as much memory. */
export const LONGEST_LINE = 32e6;
const LINE_FEED = 0x0a;

/**
 * Lines end at a line feed and nowhere else: JSON may hold the other characters that some count as line ends. One that
 * is too long is undefined.
 */
export async function* linesOf(input: NodeJS.ReadableStream): AsyncGenerator<string | undefined> {
  let line = new Line();
  for await (const chunk of input) {
    let rest = Buffer.from(chunk);
    for (let end = rest.indexOf(LINE_FEED); end >= 0; end = rest.indexOf(LINE_FEED)) {
      line.add(rest.subarray(0, end));
      yield line.text();
      line = new Line();
      rest = rest.subarray(end + 1);
    }
    line.add(rest);
  }
  yield line.text();
}

/** A line as it comes, in parts. */
class Line {
  #parts: Buffer[] = [];
  #bytes = 0;

  add(part: Buffer): void {
    this.#bytes += part.length;
    if (this.#bytes > LONGEST_LINE) this.#parts = [];
    else this.#parts.push(part);
  }

  text(): string | undefined {
    return this.#bytes > LONGEST_LINE ? undefined : Buffer.concat(this.#parts).toString('utf8');
  }
}
