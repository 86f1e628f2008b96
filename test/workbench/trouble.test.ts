import { expect, test } from 'vitest';
import { isAlive, until } from '../support/processes';
import { describeInWorkbench } from './harness/describe';
import type { Workbench } from './harness/workbench';

/** Long enough for a run to be met in its midst. */
const LONG = 'The mouse ate the cheese, and the cat saw it. '.repeat(250).trim();

describeInWorkbench(
  'in trouble',
  { files: { 'long.txt': LONG, 'short.txt': 'The mouse ate the cheese.' } },
  (workbench) => {
    test('an engine that is killed in the midst of a run is told of, and comes back', async () => {
      await workbench().openFile('long.txt');
      await workbench().run('Vitrine: Colour by Surprisal');
      await workbench().status('reading').waitFor();
      const killed = await killEngine(workbench());
      await workbench().notification('The engine stopped unexpectedly').waitFor();
      await workbench().screenshots('engine-killed');
      await expectColours(workbench());
      expect(workbench().engines()).not.toContain(killed);
    });

    test('so is one that is killed while it starts', async () => {
      await workbench().run('Vitrine: Clear Decorations');
      await workbench().run('Vitrine: Restart Engine');
      await killEngine(workbench());
      await expectColours(workbench());
    });

    test('no engine outlives the workbench', async () => {
      const engines = workbench().engines();
      expect(engines).toHaveLength(1);
      await workbench().server.stop();
      await until(() => !engines.some(isAlive), 'the engine has ended');
    });
  },
);

async function killEngine(workbench: Workbench): Promise<number> {
  await until(() => workbench.engines().length === 1, 'there is one engine');
  const [engine = 0] = workbench.engines();
  process.kill(engine, 'SIGKILL');
  return engine;
}

async function expectColours(workbench: Workbench): Promise<void> {
  await workbench.openFile('short.txt');
  await workbench.run('Vitrine: Colour by Surprisal');
  await expect.poll(() => workbench.paint()).toHaveLength(3);
}
