import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeInWorkbench } from './harness/describe';

const SEARCH = `/** Where a value stands in a sorted list, or would. */
export function placeOf(values: readonly number[], value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
`;

const CHANGED = SEARCH.replace('low < high', 'low > high').replace('total += value', 'total -= value');
const SETTINGS = { 'git.enabled': true, 'vitrine.problems': true };
const files = { 'search.ts': SEARCH, 'notes.txt': 'a\n' };

describeInWorkbench('a review of changes', { files, settings: SETTINGS }, (workbench) => {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: workbench().folder });
  const view = () => workbench().page.locator('.pane', { hasText: 'most surprising new token' });
  const list = async () => (await view().locator('.monaco-list-row').allTextContents()).map((text) => text.trim());

  test('lists its hunks, and says which files are not read', async () => {
    git('init', '--quiet', '--initial-branch=main');
    git('add', '--all');
    git('-c', 'user.name=a', '-c', 'user.email=a@example.org', 'commit', '--quiet', '--message', 'm');
    writeFileSync(join(workbench().folder, 'search.ts'), CHANGED);
    writeFileSync(join(workbench().folder, 'notes.txt'), 'b\n');
    await workbench().runAndChoose('Vitrine: Review Changes', 'What is not committed');
    await view().waitFor();
    await expect
      .poll(list)
      .toEqual([
        expect.stringMatching(/^[\d.]+ +\+= → -=search\.ts:15$/),
        expect.stringMatching(/^[\d.]+ +< → >search\.ts:5$/),
        'Left out1',
      ]);
    await view().getByText('Left out').click();
    await view().getByText('notes.txt').waitFor();
    expect((await list()).at(-1)).toBe('notes.txtnot code');
  });

  test('colours in a diff what changed and nothing else, and tells a change', async () => {
    await workbench().run('Vitrine: Go to Next Reviewed Change');
    await workbench().page.locator('.monaco-diff-editor').first().waitFor();
    await workbench().status('Ln 15').waitFor();
    const coloured = workbench().page.locator('.monaco-diff-editor .view-overlays .cdr[class*="ced-"]');
    // What came, in each of the lines that were read: the rest of them is as it was, and what went was no surprise.
    await expect.poll(() => coloured.count()).toBe(2);
    const hover = await workbench().hover(5, 14);
    await expect
      .poll(() => hover.textContent())
      .toMatch(/·<\s+[\d.]+ bits →\s+·>\s+12\.\d bits.*The new lines here: [\d.]+ bits a token, higher than \d+ %/s);
    await workbench().screenshots('review');
  });

  test('lets go of the colours, goes on to what was not opened yet, and says when there is no more', async () => {
    const coloured = workbench().page.locator('.monaco-diff-editor .view-overlays .cdr[class*="ced-"]');
    await workbench().goTo(1, 1);
    await workbench().page.keyboard.press('Escape');
    await coloured.first().waitFor({ state: 'detached' });
    expect(await list()).toHaveLength(4);
    await workbench().run('Vitrine: Go to Next Reviewed Change');
    await workbench().status('Ln 5, Col 14').waitFor();
    await coloured.first().waitFor();
    await workbench().run('Vitrine: Go to Next Reviewed Change');
    await workbench().notification('You have opened all 2 changes of this review.').waitFor();
    await workbench().run('Vitrine: Go to Previous Reviewed Change');
    await workbench().status('Ln 15').waitFor();
  });

  test('lists what surprises most among the problems, and reads the change again as it is then, until it is closed', async () => {
    const problems = () => workbench().page.locator('#status\\.problems a').getAttribute('aria-label');
    await expect.poll(problems).toContain('Infos: 2');
    writeFileSync(join(workbench().folder, 'search.ts'), `${CHANGED}export const one = 1;\n`);
    await workbench().run('Vitrine: Review the Same Changes Again');
    await expect.poll(list).toHaveLength(5);
    expect(await view().locator('.codicon-check').count()).toBe(2);
    await workbench().run('Vitrine: Close the Review');
    await expect.poll(problems).toContain('No Problems');
  });
});
