import { appendFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { LineFile } from '../../../src/datasets/file/line-file';
import { LineOffsets } from '../../../src/datasets/file/line-offsets';
import { LineScanner } from '../../../src/datasets/file/scan-lines';
import { temporaryFolder } from '../../support/temporary-folder';

const opened: LineFile[] = [];
const work = () => ({ signal: new AbortController().signal, progress: () => {} });

async function indexed(content: string | Uint8Array): Promise<LineFile> {
  const path = join(temporaryFolder(), 'rows.jsonl');
  writeFileSync(path, content);
  const file = await LineFile.open(path);
  opened.push(file);
  await file.index(work());
  return file;
}

afterEach(async () => {
  for (const file of opened.splice(0)) await file.close();
});

/** What `split` says; what stands after the last line break is no line where it is nothing. */
function linesOf(text: string): string[] {
  const lines = text.split('\n').map((line, i, all) => (i < all.length - 1 ? line.replace(/\r$/, '') : line));
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

describe('a file of lines', () => {
  it('has the lines that split finds, in whatever pieces it is read', async () => {
    const text = fc
      .array(fc.constantFrom('a', '\n', '\r\n', 'ñ', '😀', '"', '\u2028', ' '))
      .map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 7 }), async (text, piece) => {
        const bytes = Buffer.from(text);
        const offsets = new LineOffsets();
        const scanner = new LineScanner(offsets);
        for (let at = 0; at < bytes.length; at += piece) scanner.take(bytes.subarray(at, at + piece));
        scanner.finish();
        const found = Array.from({ length: offsets.count }, (_, line) =>
          bytes.toString('utf8', offsets.start(line), offsets.start(line + 1)).replace(/\r?\n$/, ''),
        );
        expect(found).toEqual(linesOf(text));
      }),
      { numRuns: 300 },
    );
  });

  it('gives back every line by its number', async () => {
    const lines = Array.from({ length: 3000 }, (_, i) => `line ${i} ${'x'.repeat((i * 37) % 1500)}`);
    const file = await indexed(lines.join('\n'));
    expect(file.offsets.count).toBe(3000);
    expect((await file.lines(0, 3000)).map(({ text }) => text)).toEqual(lines);
    expect((await file.lines(1234, 3)).map(({ line, text }) => [line, text])).toEqual(
      [1234, 1235, 1236].map((line) => [line, lines[line]]),
    );
  });

  it('says of lines that cannot be read what is wrong with them', async () => {
    const file = await indexed(
      Buffer.concat([
        Buffer.from('\uFEFF{"a": 1}\r\n\n'),
        Buffer.from([0x22, 0xff, 0x22, 0x0a]),
        Buffer.alloc(9_000_000, 'x'),
      ]),
    );
    const [first, empty, bytes, long] = await file.lines(0, 10);
    expect(first).toMatchObject({ text: '{"a": 1}', problem: undefined });
    expect(empty).toMatchObject({ text: '', problem: undefined });
    expect(bytes?.problem?.template).toContain('not UTF-8');
    expect(long?.problem?.template).toContain('are not read');
    expect(long).toMatchObject({ bytes: 9_000_000, text: 'x'.repeat(2000) });
  });

  it('knows offsets of more than 32 bits', () => {
    const offsets = new LineOffsets();
    const ends = [10, 2 ** 32 - 1, 2 ** 32 + 5, 3 * 2 ** 32 + 7, 3 * 2 ** 32 + 8];
    for (const end of ends) offsets.add(end);
    expect([0, 1, 2, 3, 4, 5].map((line) => offsets.start(line))).toEqual([0, ...ends]);
  });

  it('notices that the file has changed', async () => {
    const file = await indexed('a\nb\n');
    expect(await file.isChanged()).toBe(false);
    appendFileSync(file.path, 'c\n');
    expect(await file.isChanged()).toBe(true);
  });

  it('has shorter lines and no error where the file was cut meanwhile', async () => {
    const file = await indexed('first\nsecond\nthird\n');
    truncateSync(file.path, 8);
    expect((await file.lines(0, 3)).map(({ text }) => text)).toEqual(['first', 'se', '']);
  });

  it('ends its index where somebody no longer wants it', async () => {
    const path = join(temporaryFolder(), 'large.jsonl');
    writeFileSync(path, 'x\n'.repeat(2_000_000));
    const file = await LineFile.open(path);
    opened.push(file);
    const controller = new AbortController();
    const index = file.index({ signal: controller.signal, progress: () => controller.abort() });
    await expect(index).rejects.toThrow('abort');
    expect(file.offsets.count).toBeGreaterThan(0);
    await file.index(work());
    expect(file.offsets.count).toBe(2_000_000);
  });
});
