import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openSource } from '../../../../src/datasets/documents/open-source';
import { temporaryFolder } from '../../../support/temporary-folder';
import { documentsOf, indexed, indexedFile, textsOf } from './opened';

/** Larger than what is unpacked at first. */
const LONG = Array.from({ length: 3000 }, (_, i) =>
  JSON.stringify({ text: `${i} ${randomBytes(300).toString('hex')}` }),
);

afterEach(() => vi.unstubAllEnvs());

describe('a data set in gzip', () => {
  it.each(['.jsonl', '.csv', '.txt'])('has the documents of the file that is packed: %s', async (kind) => {
    const text = fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(text, async (texts) => {
        const content = texts.map((text) => (kind === '.txt' ? text : JSON.stringify({ text }))).join('\n');
        const [plain, packed] = [await indexedFile(kind, content), await indexedFile(`${kind}.gz`, gzipSync(content))];
        expect(await documentsOf(packed)).toEqual(await documentsOf(plain));
      }),
      { numRuns: 20 },
    );
  });

  it('shows how it begins before it is unpacked, then all of it, and leaves nothing behind', async () => {
    const { path } = await indexedFile('.jsonl.gz', gzipSync(LONG.join('\n')));
    vi.stubEnv('TMPDIR', temporaryFolder());
    const source = await openSource(path);
    const texts = LONG.map((line) => JSON.parse(line).text);
    expect(source.isIndexed).toBe(false);
    expect(source.count).toBeGreaterThan(100);
    expect(source.count).toBeLessThan(LONG.length);
    expect(await textsOf(source)).toEqual(texts.slice(0, source.count));
    await source.index({ signal: new AbortController().signal, progress: () => {} });
    expect(await textsOf(source)).toEqual(texts);
    expect(readdirSync(tmpdir())).toEqual([]);
    await source.close();
  });

  it('refuses what is no gzip file, and one that is cut off', async () => {
    await expect(indexedFile('.jsonl.gz', '{"text": "plain"}')).rejects.toThrow('is no gzip file');
    await expect(indexedFile('.jsonl.gz', gzipSync(LONG.join('\n')).subarray(0, -1000))).rejects.toThrow(
      'is no gzip file',
    );
    await expect(indexed('/nowhere/a.jsonl.gz')).rejects.toThrow('it is not there');
  });

  it('stops unpacking when it is told to', async () => {
    const { path } = await indexedFile('.jsonl.gz', gzipSync(LONG.join('\n')));
    const source = await openSource(path);
    const controller = new AbortController();
    const stopped = source.index({ signal: controller.signal, progress: () => controller.abort() });
    await expect(stopped).rejects.toThrow('aborted');
    await source.index({ signal: new AbortController().signal, progress: () => {} });
    expect(source.count).toBe(LONG.length);
    await source.close();
  });
});
