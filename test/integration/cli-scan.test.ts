import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import type { FileScore } from '../../src/shared/workspace-api';
import { inspectJson, vitrine } from '../support/command-line';
import { temporaryFolder } from '../support/temporary-folder';

/** Another in each run, so that nothing has been read before. */
const own = `value${Date.now().toString(36)}`;
/** A line of the 16 tokens that do not count. */
const BEGINNING = `//${' a'.repeat(14)}\n`;
const COUNTED = `import { a } from './a';\n\nexport function ${own}(x: number): number {\n  return x + a;\n}\n`;
const CODE = BEGINNING + COUNTED;

interface ScanJson {
  files: FileScore[];
  leftOut: { path: string; why: string }[];
}

async function scan(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await vitrine(['scan', ...args]);
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
}

describe('vitrine scan', () => {
  it('has the numbers of the model for every line, and says which files it left out', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'code.ts'), CODE);
    writeFileSync(join(folder, 'binary.ts'), Buffer.from([0, 1]));
    writeFileSync(join(folder, 'notes.md'), 'Notes.\n');
    const { files, leftOut }: ScanJson = JSON.parse(await scan(folder, '--json'));
    const why = leftOut.map(({ path, why }) => [path.split('/').at(-1), why]);
    expect(Object.fromEntries(why)).toEqual({ 'binary.ts': 'binary', 'notes.md': 'notCode' });
    const { tokens } = await inspectJson(CODE);
    const surprisals = tokens.slice(16).map(({ logprob }) => -(logprob ?? 0) / Math.LN2);
    const [file] = files;
    expect(file?.tokens).toBe(tokens.length - 16);
    expect(file?.bits).toBeCloseTo(
      surprisals.reduce((sum, bits) => sum + bits, 0),
      2,
    );
    expect(file?.lines.map(({ line, kind }) => [line, kind])).toEqual([
      [1, 'import'],
      [3, 'declaration'],
      [4, 'other'],
      [5, 'other'],
    ]);
    const worst = file?.lines[1]?.worst;
    expect(worst?.bits).toBeCloseTo(Math.max(...surprisals.slice(0, -8)), 2);
    expect(CODE.split('\n')[3]?.slice(worst?.start, worst?.end)).toBe(worst?.text);
  });

  it('has a row a line as CSV, of a file that is named itself', async () => {
    const path = join(temporaryFolder(), 'code.ts');
    writeFileSync(path, CODE);
    const csv = (await scan(path, '--csv')).trimEnd().split('\r\n');
    expect(csv.map((row) => row.split(',').slice(1, 4).join())).toEqual([
      'line,language,kind',
      '1,"typescript","import"',
      '3,"typescript","declaration"',
      '4,"typescript","other"',
      '5,"typescript","other"',
    ]);
  });

  it('tells other programs by SARIF, and with a baseline what is new, also where lines have moved or stood below the first', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'a b.ts');
    writeFileSync(path, CODE);
    const baseline = join(folder, 'baseline.sarif');
    writeFileSync(baseline, await scan(path, '--sarif', '--top', '1'));
    writeFileSync(path, `${BEGINNING}// Another line.\n${COUNTED}`);
    const [run] = (JSON.parse(await scan(path, '--sarif', '--baseline', baseline)) as Log).runs;
    for (const { level, rank, message, ruleId } of run?.results ?? []) {
      expect([level, ruleId]).toEqual(['note', run?.tool.driver.rules?.[0]?.id]);
      expect(rank).toBeGreaterThanOrEqual(0);
      expect(rank).toBeLessThanOrEqual(100);
      expect(message.text).not.toMatch(/\bbugs?\b|(?<!\{)\{(?!\{)/i);
    }
    const [first, ...others] = (run?.results ?? []).map(({ locations, baselineState }) => [
      locations?.[0]?.physicalLocation?.region?.startLine,
      baselineState,
    ]);
    expect(first).toEqual([2, 'new']);
    expect(others.sort()).toEqual([3, 5, 6, 7].map((line) => [line, 'unchanged']));
    expect(run?.results?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toContain('a%20b.ts');
  });

  it.each([
    [['missing'], 'There is no file or folder missing.'],
    [
      ['.', '--baseline', 'package.json'],
      'The baseline package.json cannot be read: it is no SARIF that vitrine has printed.',
    ],
  ])('says what is wrong with %j', async (args, sentence) => {
    const { code, stderr } = await vitrine(['scan', ...args]);
    expect([code, stderr.split('\n')[0]]).toEqual([1, expect.stringContaining(sentence)]);
  });

  it('says where there is nothing to read', async () => {
    const { code, stdout, stderr } = await vitrine(['scan', temporaryFolder()]);
    expect([code, stdout.trim(), stderr.trim()]).toEqual([0, '', 'There is no code to read here.']);
  });
});
