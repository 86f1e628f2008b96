import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeInWorkbench } from './harness/describe';
import { reloadWithState } from './harness/reload';
import { whileEngineStandsStill } from './harness/stand-still';

const FILES = {
  'sum.ts': 'export function sum(values: number[]): number {\n  return values.reduce((a, b) => a + b, 0);\n}\n',
  'names.ts': "export const names = ['one', 'two', 'three'];\n",
  'notes.txt': 'Nothing of a program.\n',
};

describeInWorkbench('a scan of the workspace', { files: FILES }, (workbench) => {
  const path = (name: string) => join(workbench().folder, name);
  const write = (name: string, text: string) => writeFileSync(path(name), text);
  const item = (text: string) => workbench().status(text);
  const ended = () => item('Scan').waitFor({ state: 'hidden' });

  test('reads its code in the background, and says so until it has', async () => {
    await workbench().run('Vitrine: Scan the Workspace');
    await item('Scan: ').waitFor();
    await expect.poll(() => workbench().engines()).toHaveLength(1);
    await ended();
  });

  test('reads a file that has changed and one that is new, pauses and goes on at a click, and forgets one that is gone', async () => {
    await whileEngineStandsStill(workbench(), async () => {
      write('names.ts', "export const names = ['four', 'five'];\n");
      await item('Scan: 1 of 2 files').click();
      await item('Scan paused: 1 of 2 files').waitFor();
      expect(await workbench().tooltip('Scan paused')).toContain('1 file is left out');
      await workbench().screenshots('scan-paused');
      await item('Scan paused').click();
      await item('Scan: 1 of 2 files').waitFor();
    });
    await ended();
    await whileEngineStandsStill(workbench(), async () => {
      rmSync(path('sum.ts'));
      write('double.ts', 'export const double = (x: number) => 2 * x;\n');
      await item('Scan: 1 of 2 files').waitFor();
    });
    await ended();
  });

  test('goes on after an engine that is killed, and in a window that is loaded again', async () => {
    await whileEngineStandsStill(workbench(), async (engine) => {
      write('names.ts', "export const names = ['six'];\n");
      await item('Scan: 1 of 2 files').waitFor();
      process.kill(engine, 'SIGKILL');
    });
    await ended();
    await whileEngineStandsStill(workbench(), async () => {
      write('names.ts', "export const names = ['seven'];\n");
      await item('Scan: 1 of 2 files').waitFor();
      await reloadWithState(workbench().page, 'vitrine.scan ');
    });
    await item('Scan: ').waitFor();
    await ended();
  });

  test('ends at once, whatever the model is at', async () => {
    await whileEngineStandsStill(workbench(), async () => {
      write('names.ts', "export const names = ['eight'];\n");
      await item('Scan: 1 of 2 files').waitFor();
      await workbench().run('Vitrine: End the Scan of the Workspace');
      await ended();
    });
  });

  test('says at once above a function that it is read', async () => {
    write('half.ts', 'export function half(x: number): number {\n  return x / 2;\n}\n');
    await workbench().openFile('half.ts');
    const lens = workbench().page.locator('.codelens-decoration');
    await whileEngineStandsStill(workbench(), async () => {
      await workbench().run('Vitrine: Show Surprisal of Functions');
      await lens.getByText('reading…').waitFor();
    });
    await lens.getByText('bits a token').waitFor();
  });
});
