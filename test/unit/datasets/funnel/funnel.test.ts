import { isUtf8 } from 'node:buffer';
import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { language } from '../../../../src/datasets/filters/language/language';
import { languageDetector } from '../../../../src/datasets/filters/language/language-detector';
import type { FunnelEvents } from '../../../../src/datasets/funnel/funnel-api';
import { FunnelWork } from '../../../../src/datasets/funnel/funnel-work';
import type { MakeRules } from '../../../../src/datasets/funnel/measured-dataset';
import { BLOCK_DOCUMENTS } from '../../../../src/datasets/funnel/numbers';
import { readable } from '../../../../src/datasets/funnel/readable';
import { DocumentText } from '../../../../src/datasets/text/document-text';
import type { Thresholds } from '../../../../src/shared/filters-api';
import sentences from '../../../fixtures/near-copies/languages.json';
import { mountFileSystem, temporaryFolder } from '../../../support/temporary-folder';
import { smallRules, THRESHOLDS } from './small-rules';

const MEASURES = [...readable.measures.map(({ name }) => name), 'short', 'x', 'copy'];

function dataset(texts: readonly string[], folder = temporaryFolder()) {
  const path = join(folder, 'documents.jsonl');
  writeFileSync(path, texts.map((text) => `{"n": 12345678901234567890, "text": ${JSON.stringify(text)}}\n`).join(''));
  return { path, folder: join(folder, 'numbers') };
}

const quiet: FunnelEvents = { progress: () => {} };

async function opened({ path, folder }: ReturnType<typeof dataset>, events = quiet) {
  const funnel = new FunnelWork(smallRules, events);
  const isKnown = await funnel.open({ path, folder, preset: 'small', questions: undefined });
  return { funnel, isKnown };
}

/** The rules in the plainest way. */
function reasonsOf(texts: readonly string[], thresholds: Thresholds): (string | undefined)[] {
  const seen = new Set<string>();
  return texts.map((text) => {
    if (text.length < (thresholds.short ?? 0)) return 'short';
    const share = text.split('x').length - 1;
    if (thresholds.x !== undefined && share > thresholds.x * text.length) return 'x';
    if (thresholds.copy !== undefined && seen.has(text.charAt(0))) return 'copy';
    seen.add(text.charAt(0));
    return undefined;
  });
}

const removedOf = (reasons: readonly (string | undefined)[]) =>
  MEASURES.map((name) => reasons.filter((reason) => reason === name).length);

describe('the funnel of filters', () => {
  const texts = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'x'), maxLength: 12 }), { maxLength: 60 });
  const thresholds = fc.record({
    short: fc.nat(6),
    x: fc.option(fc.constantFrom(0.1, 0.2, 0.3, 0.5), { nil: undefined }),
    copy: fc.constantFrom(0, undefined),
  });

  it('decides as the rules do one after the other, for any thresholds, without reading again', async () => {
    await fc.assert(
      fc.asyncProperty(texts, fc.array(thresholds, { minLength: 1, maxLength: 4 }), async (documents, all) => {
        const files = dataset(documents);
        const { funnel } = await opened(files);
        await funnel.read();
        for (const chosen of all) {
          const asked = Object.fromEntries(
            Object.entries(chosen).filter(([, value]) => value !== undefined),
          ) as Thresholds;
          const { all: read, kept, removed } = await funnel.decide(asked);
          const reasons = reasonsOf(documents, asked);
          expect([...removed]).toEqual(removedOf(reasons));
          expect(read.documents).toBe(documents.length);
          expect(kept.documents).toBe(reasons.filter((reason) => reason === undefined).length);
          const rejected = await funnel.rejected({ from: 0, count: 100 });
          expect(rejected.map(({ index, reason }) => [index, reason])).toEqual(
            reasons.flatMap((reason, index) => (reason ? [[index, reason]] : [])),
          );
        }
        await funnel.close();
      }),
      { numRuns: 30 },
    );
  });

  it('says what was measured as it is written, where it trips, and lists the most extreme first', async () => {
    const { funnel } = await opened(dataset(['aaaxxxxaaa', 'bxxxxxxx', 'cccc', 'ccc', 'q']));
    await funnel.read();
    await funnel.decide(THRESHOLDS);
    const rejected = await funnel.rejected({ from: 0, count: 10 });
    expect(rejected).toEqual([
      { index: 0, reason: 'x', measured: 0.4, threshold: 0.3, spans: [{ start: 3, end: 7 }] },
      { index: 1, reason: 'x', measured: 0.875, threshold: 0.3, spans: [{ start: 1, end: 8 }] },
      { index: 3, reason: 'copy', measured: 1, threshold: 0, copyOf: 2, spans: [] },
      { index: 4, reason: 'short', measured: 1, threshold: 3, spans: [] },
    ]);
    const listed = await funnel.removed({ measures: ['x'], from: 0, count: 10 });
    expect(listed.map(({ index }) => index)).toEqual([1, 0]);
    const across = await funnel.removed({ measures: ['short', 'x'], from: 1, count: 1 });
    expect(across.map(({ index }) => index)).toEqual([1]);
    expect(await funnel.cluster({ index: 3, measure: 'copy' })).toEqual({ kept: 2, members: [2, 3] });
    expect([...(await funnel.histogram({ measure: 'short', parts: 10 }))]).toEqual([0, 1, 0, 1, 1, 0, 0, 0, 1, 1]);
    await funnel.close();
  });

  it('exports documents as they stand, and what goes with its reason', async () => {
    const files = dataset(['abc', 'q']);
    const { funnel } = await opened(files);
    await funnel.read();
    await funnel.decide(THRESHOLDS);
    const [kept, removed] = ['kept', 'removed'].map((name) => join(files.folder, `${name}.jsonl`));
    await funnel.export({ kind: 'kept', path: kept as string });
    await funnel.export({ kind: 'removed', path: removed as string });
    await funnel.close();
    expect(readFileSync(kept as string, 'utf8')).toBe('{"n": 12345678901234567890, "text": "abc"}\n');
    expect(readFileSync(removed as string, 'utf8')).toBe(
      '{"n": 12345678901234567890, "text": "q","rejection":{"index":1,"reason":"short","measured":1,"threshold":3}}\n',
    );
  });

  it('exports a row that is not UTF-8 so that every program reads it, with its bytes', async () => {
    const files = dataset(['abc']);
    const line = Buffer.from('{"url": "sit\xe9", "text": "abcd"}', 'latin1');
    writeFileSync(files.path, Buffer.concat([line, Buffer.from('\n{"text": "n\xe9', 'latin1')]));
    const { funnel } = await opened(files);
    await funnel.read();
    await funnel.decide({ not_utf8: 0 });
    const path = join(files.folder, 'removed.jsonl');
    await funnel.export({ kind: 'removed', path });
    await funnel.close();
    expect(isUtf8(readFileSync(path))).toBe(true);
    const [removed, noJson] = readFileSync(path, 'utf8').trimEnd().split('\n');
    const { url, text, rejection } = JSON.parse(removed as string);
    expect({ url, text }).toEqual({ url: 'sit\ufffd', text: 'abcd' });
    expect(Buffer.from(rejection.bytes, 'base64').toString('latin1').trimEnd()).toBe(line.toString('latin1'));
    expect(JSON.parse(noJson as string)).toMatchObject({ text: '{"text": "n\ufffd' });
  });

  it('tells the language of what goes by its language', async () => {
    const files = dataset([...sentences.en, ...sentences.es.slice(0, 2), ...sentences.fr.slice(0, 1), '1 2 3']);
    const makeRules: MakeRules<DocumentText> = async () => {
      const filter = language(['en']);
      await filter.prepare?.({ testQuestions: async () => undefined, languageDetector });
      return { filters: [filter], textOf: ({ text }) => new DocumentText(text), stringOf: ({ text }) => text };
    };
    const funnel = new FunnelWork(makeRules, quiet);
    await funnel.open({ ...files, preset: 'small', questions: undefined });
    await funnel.read();
    const first = sentences.en.length;
    await funnel.decide({ language_score: 0.01 });
    const rejected = await funnel.rejected({ from: first, count: 10 });
    expect(rejected.map(({ index, language }) => [index - first, language])).toEqual([
      [0, 'es'],
      [1, 'es'],
      [2, 'fr'],
      [3, ''],
    ]);
    expect((await funnel.languages())[0]).toEqual({ language: 'es', documents: 2 });
    await funnel.close();
  });
});

describe('what was measured', () => {
  const texts = Array.from({ length: 40_000 }, (_, i) => 'abcx'.repeat(1 + (i % 5)));

  it('is there at once when the same content is opened again, under any name', async () => {
    const files = dataset(texts);
    const first = await opened(files);
    expect(first.isKnown).toBe(false);
    await first.funnel.read();
    const decision = await first.funnel.decide(THRESHOLDS);
    await first.funnel.close();
    const moved = { ...dataset(texts), folder: files.folder };
    const second = await opened(moved);
    expect(second.isKnown).toBe(true);
    expect(await second.funnel.decide(THRESHOLDS)).toEqual(decision);
    await second.funnel.close();
    const other = { ...dataset(['other']), folder: files.folder };
    const third = await opened(other);
    expect(third.isKnown).toBe(false);
    await third.funnel.close();
  });

  it('goes on where it was stopped', async () => {
    const files = dataset(texts);
    const stopped: { funnel?: FunnelWork<string> } = {};
    const { funnel } = await opened(files, { progress: () => void stopped.funnel?.stop('read') });
    stopped.funnel = funnel;
    await expect(funnel.read()).rejects.toThrow('abort');
    const part = await funnel.decide(THRESHOLDS);
    expect(part.all.documents).toBeLessThan(texts.length);
    delete stopped.funnel;
    await funnel.read();
    const whole = await funnel.decide(THRESHOLDS);
    expect([...whole.removed]).toEqual(removedOf(reasonsOf(texts, THRESHOLDS)));
    await funnel.close();
  });

  it('goes on when it is opened again, as far as it is on disk as it was written', async () => {
    const files = dataset(texts);
    const stopped: { funnel?: FunnelWork<string> } = {};
    const first = await opened(files, { progress: () => void stopped.funnel?.stop('read') });
    stopped.funnel = first.funnel;
    await expect(first.funnel.read()).rejects.toThrow('abort');
    const { all: part } = await first.funnel.decide({});
    await first.funnel.close();
    const [name = ''] = readdirSync(files.folder);
    const path = join(files.folder, name);
    const whole = readFileSync(path);
    for (const [bytes, documents] of [
      [whole, part.documents],
      [whole.subarray(0, -1), part.documents - (part.documents % BLOCK_DOCUMENTS)],
      [whole.with(10, 1 + (whole[10] as number)), 0],
      [whole.subarray(0, 10), 0],
    ] as const) {
      writeFileSync(path, bytes);
      const places: number[] = [];
      const again = await opened(files, { progress: (task, done) => void (task === 'read' && places.push(done)) });
      expect((await again.funnel.decide({})).all.documents).toBe(documents);
      await again.funnel.read();
      expect(Math.min(...places)).toBeGreaterThanOrEqual(documents);
      expect([...(await again.funnel.decide(THRESHOLDS)).removed]).toEqual(removedOf(reasonsOf(texts, THRESHOLDS)));
      await again.funnel.close();
      for (const made of readdirSync(files.folder)) rmSync(join(files.folder, made));
    }
  });

  it('is measured anew where it is damaged', async () => {
    const files = dataset(texts);
    const first = await opened(files);
    await first.funnel.read();
    await first.funnel.close();
    const [name = ''] = readdirSync(files.folder);
    const path = join(files.folder, name);
    const whole = readFileSync(path);
    truncateSync(path, whole.length - 1);
    const cut = await opened(files);
    expect(cut.isKnown).toBe(false);
    await cut.funnel.close();
    whole[1000] = 255 - (whole[1000] as number);
    writeFileSync(path, whole);
    const changed = await opened(files);
    expect(changed.isKnown).toBe(false);
    await changed.funnel.close();
  });

  it('is nothing where the file changes meanwhile', async () => {
    const files = dataset(texts);
    const { funnel } = await opened(files);
    writeFileSync(files.path, `${readFileSync(files.path, 'utf8')}{"text": "one more"}\n`);
    await expect(funnel.read()).rejects.toMatchObject({ code: 'dataset.changed' });
    await funnel.close();
    expect(readdirSync(files.folder)).toEqual([]);
  });

  it('says that the disk is full, and goes on when there is room', async ({ skip }) => {
    const small = mountFileSystem('size=4m');
    if (!small) return skip();
    const filled = join(small, 'filled');
    writeFileSync(filled, new Uint8Array(3_900_000));
    const { funnel } = await opened({ ...dataset(texts), folder: small });
    await expect(funnel.read()).rejects.toMatchObject({
      code: 'dataset.numbers',
      message: expect.stringContaining('full'),
    });
    rmSync(filled);
    await funnel.read();
    expect([...(await funnel.decide(THRESHOLDS)).removed]).toEqual(removedOf(reasonsOf(texts, THRESHOLDS)));
    await funnel.close();
    expect(readdirSync(small)).toEqual([expect.stringMatching(/\.numbers$/)]);
  });
});
