import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { BLOCK_DOCUMENTS } from '../../src/datasets/funnel/numbers';
import { startFunnel } from '../../src/datasets/funnel/start-funnel';
import type { FilterReport } from '../../src/shared/filters-api';
import { inspectJson, startVitrine, vitrine } from '../support/command-line';
import { llamaFixture } from '../support/llama-fixtures';
import { temporaryFolder } from '../support/temporary-folder';

/** What datatrove makes of the documents. */
const decisions: { reason: string | null; alone: { c4: { kept: string } | string } }[] = JSON.parse(
  readFileSync('test/fixtures/datatrove/decisions.json', 'utf8'),
);
const documents = gunzipSync(readFileSync('test/fixtures/datatrove/documents.jsonl.gz'))
  .toString()
  .trimEnd()
  .split('\n');

const ONLY_DATATROVE = ['empty_row', 'language_score', 'exact_duplicate', 'near_duplicate'].flatMap((name) => [
  '--threshold',
  `${name}=off`,
]);

function inFolder(lines: readonly string[]) {
  const folder = temporaryFolder();
  const path = join(folder, 'documents.jsonl');
  writeFileSync(path, `${lines.join('\n')}\n`);
  return {
    path,
    file: (name: string) => join(folder, name),
    run: (...args: string[]) => vitrine(['data', path, ...args], { env: { XDG_CACHE_HOME: join(folder, 'cache') } }),
  };
}

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.numbers'));

const linesOf = (path: string) => readFileSync(path, 'utf8').trimEnd().split('\n');

describe('vitrine data', () => {
  it('decides as datatrove does, exports what stays as it stands, and marks why others go', async () => {
    const { run, file } = inFolder(documents);
    const [kept, removed, page] = ['kept.jsonl', 'removed.jsonl', 'page.html'].map(file) as [string, string, string];
    const files = ['--export', kept, '--export-removed', removed, '--report', page];
    const { code, stdout } = await run(...ONLY_DATATROVE, ...files, '--json');
    expect(code).toBe(0);
    const report: FilterReport = JSON.parse(stdout);
    const reasons = new Map(report.rejected.map(({ index, reason }) => [index, reason]));
    expect(documents.map((_, index) => reasons.get(index) ?? null)).toEqual(decisions.map(({ reason }) => reason));
    expect([report.documents, report.kept]).toEqual([documents.length, documents.length - report.rejected.length]);
    expect(linesOf(kept)).toEqual(documents.filter((_, index) => !reasons.has(index)));
    expect(linesOf(removed).map((line) => JSON.parse(line).rejection)).toEqual(
      report.rejected.map(({ spans: _, ...rejection }) => rejection),
    );
    const hashes = report.rejected.filter(({ reason }) => reason === 'gopher_too_many_hashes');
    for (const { index, spans } of hashes) {
      const { text } = JSON.parse(documents[index] as string);
      expect(new Set(spans.map(({ start, end }) => text.slice(start, end).replaceAll('#', '')))).toEqual(new Set(['']));
    }
    const html = readFileSync(page, 'utf8');
    expect(html).toContain('<mark>');
    expect(html).not.toMatch(/<(script|link|img|iframe)|(src|@import)\s*=?\s*["']?https?:/i);
    const rewritten = file('rewritten.jsonl');
    const { stderr } = await run(...ONLY_DATATROVE, '--export', rewritten, '--rewrite');
    const sums = linesOf(rewritten).map((line) => createHash('md5').update(JSON.parse(line).text).digest('hex'));
    expect(sums.map((kept) => ({ kept }))).toEqual(
      decisions.filter(({ reason }) => reason === null).map(({ alone }) => alone.c4),
    );
    expect(stderr).toMatch(/Rules took [\d,]+ characters from the texts of \d+ documents\./);
  });

  it('shows the funnel as a table, and with other thresholds without reading again', async () => {
    const { run, file } = inFolder(['{"text":"one two"}', '{"text":"one two"}', 'no JSON']);
    const first = await run('--preset', 'chat', '--report', 'html');
    expect(first.stdout).toMatch(/^documents\.jsonl: 3 documents/);
    expect(first.stdout).toMatch(/malformed +1 +33 %/);
    expect(first.stdout).toMatch(/Not applied:.*Personal data \(off in this\s+preset\), Bits.* \(no --model\)\./s);
    expect(first.stdout).toMatch(/top_2_gram +> 0\.2 +2 +67 %/);
    expect(readFileSync(file('documents.html'), 'utf8')).toContain('Document 3: This line is no JSON');
    const second = await run(
      '--preset',
      'chat',
      '--threshold',
      'gopher_short_doc=off',
      '--threshold',
      'top_2_gram=off',
      '--export-removed',
      file('removed.jsonl'),
    );
    expect(second.stdout).toMatch(/exact_duplicate +1 +33 %/);
    expect(second.stdout).toMatch(/1 of 3 documents stay \(33 %\), .*, 2\s+of\s+6\s+tokens\s+of\s+SmolLM2/);
    const [copy] = linesOf(file('removed.jsonl')).map((line) => JSON.parse(line).rejection);
    expect(copy).toMatchObject({ index: 1, reason: 'exact_duplicate', copyOf: 0 });
  });

  it('says why no row can be read', async () => {
    const { run } = inFolder(['[', '{"text":"one"},', ']']);
    const { stdout } = await run();
    expect(stdout).toMatch(/0 of 3 documents stay .*No row of it can be read\. Not a row of its format: 3\./s);
    expect(stdout).not.toContain('--preset');
  });

  it('measures bits per byte as the model says how probable tokens are', async () => {
    const model = llamaFixture('grouped');
    const text = 'the mouse ate a piece of old cheese, and then it went home to sleep in its bed of straw and wool';
    const { run } = inFolder([JSON.stringify({ text })]);
    const off = ['--preset', 'chat', '--threshold', 'gopher_short_doc=off', '--threshold', 'bits_per_byte_high=0'];
    const { stdout } = await run(...off, '--model', model, '--json');
    const [rejected] = (JSON.parse(stdout) as FilterReport).rejected;
    const { tokens } = await inspectJson(text, '--model', model);
    const scored = tokens.filter(({ logprob }) => logprob !== null);
    const bits = scored.reduce((sum, { logprob }) => sum - (logprob ?? 0) / Math.LN2, 0);
    const bytes = scored.reduce((sum, token) => sum + token.bytes.length / 2, 0);
    expect(rejected?.reason).toBe('bits_per_byte_high');
    expect(rejected?.measured).toBeCloseTo(bits / bytes, 5);
  });

  it.each([
    ['a file that is not there', ['nowhere.jsonl'], 1, 'nowhere.jsonl'],
    ['a kind of file that it does not read', ['package.json'], 1, 'package.json'],
    ['a measure that there is not', ['examples/chats.jsonl', '--threshold', 'shortness=3'], 2, 'gopher_short_doc'],
    [
      'a threshold that is no number',
      ['examples/chats.jsonl', '--threshold', 'gopher_short_doc=few'],
      2,
      'NAME=NUMBER',
    ],
    [
      'a measure of nearly that name',
      ['examples/chats.jsonl', '--threshold', 'gopher_short_docs=3'],
      2,
      'Did you mean gopher_short_doc?',
    ],
    [
      'the beginning of a name',
      ['examples/chats.jsonl', '--threshold', 'gopher_below_alpha=0.7'],
      2,
      'Did you mean gopher_below_alpha_threshold?',
    ],
    ['a share over 1', ['examples/chats.jsonl', '--threshold', 'dup_line_frac=30'], 2, 'from 0 to 1'],
    ['a rewriting of nothing', ['examples/documents.jsonl', '--rewrite'], 2, '--export'],
    [
      'a rewriting of conversations',
      ['examples/chats.jsonl', '--rewrite', '--export', 'new.jsonl'],
      2,
      'conversations',
    ],
    ['a preset that there is not', ['examples/chats.jsonl', '--preset', 'poems'], 2, 'fineweb'],
    ['an export over a file that is there', ['examples/chats.jsonl', '--export', 'README.md'], 2, '--force'],
    [
      'two exports into one file',
      ['examples/chats.jsonl', '--export', 'new.jsonl', '--export-removed', './new.jsonl', '--force'],
      2,
      'Name two files',
    ],
    ['an export over what is read', ['examples/chats.jsonl', '--export', 'examples/chats.jsonl', '--force'], 2, 'read'],
  ])('says in a sentence what is wrong with %s', async (_, args, code, word) => {
    const result = await vitrine(['data', ...args], { env: { XDG_CACHE_HOME: temporaryFolder() } });
    expect(result).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(word) });
  });

  it('goes on where it was killed, with the result of a run that was not', async () => {
    const path = join(temporaryFolder(), 'rows.jsonl');
    const row = (i: number) => `Row ${i % 10_000} of many rows, with the word ${i.toString(36)} in it and little else.`;
    writeFileSync(path, Array.from({ length: 12_500 }, (_, i) => `${JSON.stringify({ text: row(i) })}\n`).join(''));
    const [whole, cache] = [temporaryFolder(), temporaryFolder()];
    const args = ['data', path, '--preset', 'chat', '--json'];
    const expected = await vitrine(args, { env: { XDG_CACHE_HOME: whole } });
    const killed = startVitrine(args, { env: { XDG_CACHE_HOME: cache } });
    const isEnded = new Promise((resolve) => killed.once('close', resolve));
    const bytesRead = () => filesIn(cache).reduce((sum, name) => sum + statSync(join(cache, name)).size, 0);
    // More than one block of documents; it may be killed while it writes another.
    while (bytesRead() < 3e6) await setTimeout(5);
    killed.kill('SIGKILL');
    await isEnded;
    const folder = join(cache, dirname(filesIn(cache)[0] as string));
    const places: number[] = [];
    const funnel = startFunnel({ progress: (task, done) => void (task === 'read' && places.push(done)) });
    expect(await funnel.open({ path, preset: 'chat', questions: undefined, folder })).toBe(false);
    await funnel.read();
    await funnel.close();
    expect(places.at(0)).toBeGreaterThanOrEqual(BLOCK_DOCUMENTS);
    expect(await vitrine(args, { env: { XDG_CACHE_HOME: cache } })).toEqual(expected);
    expect(filesIn(cache)).toEqual([expect.stringMatching(/\.numbers$/)]);
  });

  it('leaves nothing of an export that fails', async () => {
    const { run, file } = inFolder(['{"text":"one two"}']);
    const { code, stderr } = await run('--export', file('nowhere/kept.jsonl'));
    expect([code, existsSync(file('nowhere'))]).toEqual([1, false]);
    expect(stderr).toContain('nowhere');
  });
});
