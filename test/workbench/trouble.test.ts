import { expect, test } from 'vitest';
import { formatCount } from '../../src/display/numbers';
import { vitrine } from '../support/command-line';
import { isAlive, processorTime, until } from '../support/processes';
import { describeInWorkbench } from './harness/describe';
import { InspectorPage } from './harness/inspector';
import { whileEngineStandsStill } from './harness/stand-still';
import { textsSeen } from './harness/texts-seen';
import type { Workbench } from './harness/workbench';

const NOTICES = '.notification-list-item-message';
const STATUS = '.part.statusbar .statusbar-item';
const NOT_ANSWERING = 'Vitrine: not answering · Restart';
/** An engine that takes no time of a processor for so long has nothing to do. */
const REST_MS = 500;
const LONG = 'The mouse ate the cheese, and the cat saw it. '.repeat(60).trim();
const SHORT = 'The mouse ate the cheese.';
const OTHER = `Once more: ${LONG}`;

describeInWorkbench(
  'in trouble',
  { files: { 'long.txt': LONG, 'other.txt': OTHER, 'short.txt': SHORT, 'edited.txt': SHORT } },
  (workbench) => {
    test('an engine that is killed while a text waits for it comes back, and reads it', async () => {
      await expectColours(workbench());
      await workbench().run('Vitrine: Clear Decorations');
      await whileEngineStandsStill(workbench(), async (engine) => {
        await workbench().run('Vitrine: Colour by Surprisal');
        await workbench().notification('Vitrine reads short.txt: waiting for the engine').waitFor();
        process.kill(engine, 'SIGKILL');
        await expect.poll(() => workbench().paint()).toHaveLength(3);
        // Its colours of before are there at once.
        await expect.poll(() => workbench().engines()).not.toContain(engine);
      });
    });

    test('colours are pale while one that was killed comes back, and then those of the text as it is', async () => {
      const strongest = async () => Math.max(...(await workbench().paint()).map(({ opacity }) => opacity));
      await workbench().openFile('edited.txt');
      await workbench().run('Vitrine: Colour by Surprisal');
      await expect.poll(() => workbench().paint()).toHaveLength(3);
      const before = await strongest();
      await workbench().goTo(1, 25);
      await whileEngineStandsStill(workbench(), async (engine) => {
        await workbench().page.keyboard.type(' again');
        await workbench().notification('Vitrine reads edited.txt: waiting for the engine').waitFor();
        process.kill(engine, 'SIGKILL');
        const [next = 0] = await enginesOtherThan(workbench(), engine);
        process.kill(next, 'SIGSTOP');
        await expect.poll(strongest).toBeLessThan(before);
        expect(await strongest()).toBeGreaterThan(0);
        const hover = await workbench().hover(1, 6);
        await expect.poll(() => hover.textContent()).toContain('The engine stopped while the model read this');
        await workbench().screenshots('engine-killed');
        process.kill(next, 'SIGCONT');
      });
      await expect.poll(async () => (await strongest()) >= before).toBe(true);
      expect(await workbench().notification('The engine stopped').count()).toBe(0);
    });

    test('so they are where somebody restarts one that does not answer, which is no error', async () => {
      const strongest = async () => Math.max(...(await workbench().paint()).map(({ opacity }) => opacity));
      const before = await strongest();
      await whileEngineStandsStill(workbench(), async () => {
        await workbench().page.keyboard.type(' and');
        await workbench().notification('Vitrine reads edited.txt: waiting for the engine').waitFor();
        await workbench().run('Vitrine: Restart Engine');
        await expect.poll(async () => (await strongest()) >= before).toBe(true);
      });
      expect(await workbench().notification('The engine stopped').count()).toBe(0);
      await workbench().run('Vitrine: Clear Decorations');
    });

    test('attention stays painted while engines are killed, and is that of the cursor when one runs again', async () => {
      await workbench().run('Vitrine: Clear Decorations');
      await workbench().openFile('short.txt');
      await workbench().goTo(1, 25);
      await expect.poll(() => workbench().paint()).toHaveLength(0);
      await workbench().run('Vitrine: Attention From Cursor');
      await expect.poll(() => workbench().paint()).not.toHaveLength(0);
      const before = await workbench().paint();
      await whileEngineStandsStill(workbench(), async (engine) => {
        await workbench().goTo(1, 12);
        await workbench().status(NOT_ANSWERING).waitFor();
        process.kill(engine, 'SIGKILL');
        const [next = 0] = await enginesOtherThan(workbench(), engine);
        process.kill(next, 'SIGKILL');
        await workbench().notification('The engine stopped unexpectedly').waitFor();
        expect(await workbench().paint()).toEqual(before);
      });
      await workbench().run('Vitrine: Restart Engine');
      await expect.poll(() => workbench().paint()).not.toEqual(before);
      expect(await workbench().paint()).not.toHaveLength(0);
      await workbench().run('Vitrine: Clear Decorations');
    });

    test('one that is killed while it starts is told of, and comes back', async () => {
      await workbench().run('Vitrine: Clear Decorations');
      await workbench().run('Notifications: Clear All Notifications');
      const former = workbench().engines();
      const killed = until(
        () =>
          workbench()
            .engines()
            .some((engine) => !former.includes(engine) && kill(engine)),
        'another engine starts',
      );
      await Promise.all([workbench().run('Vitrine: Restart Engine'), killed]);
      // Of one that has nothing to do yet, or no longer, nobody would be told.
      await workbench().notification('The engine stopped unexpectedly').waitFor();
      await workbench().status('Vitrine: stopped').waitFor();
      await expectColours(workbench());
    });

    test('one that is killed while it has nothing to do is told of where one looks next, with what mends it', async () => {
      await workbench().status('SmolLM2 135M · cpu · 6 tok').waitFor();
      await killEngine(workbench());
      await workbench().status('Vitrine: stopped').waitFor();
      // What was computed is still there.
      await expect.poll(() => workbench().paint()).toHaveLength(3);
      await workbench().screenshots('engine-stopped');
      await workbench().status('Vitrine: stopped').click();
      const first = workbench().page.locator('.quick-input-list .monaco-list-row').first();
      await expect.poll(() => first.textContent()).toMatch(/Restart Engine.*The engine stopped unexpectedly/);
      await first.click();
      await workbench().status('SmolLM2 135M · cpu').waitFor();
    });

    test('one that stands still is said not to answer until it goes on', async () => {
      await workbench().run('Vitrine: Clear Decorations');
      await workbench().openFile('long.txt');
      await whileEngineStandsStill(workbench(), async () => {
        await workbench().run('Vitrine: Colour by Surprisal');
        await workbench().status(NOT_ANSWERING).waitFor();
        await workbench().screenshots('engine-not-answering');
      });
      await workbench().status('SmolLM2 135M · cpu').waitFor();
      await expect.poll(async () => (await workbench().paint()).length).toBeGreaterThan(10);
    });

    test('a click ends it, starts another one, and is no error', async () => {
      await workbench().run('Vitrine: Clear Decorations');
      await workbench().run('Notifications: Clear All Notifications');
      await workbench().openFile('other.txt');
      const seen = await textsSeen(workbench().page, `${NOTICES}, ${STATUS}`);
      await whileEngineStandsStill(workbench(), async (engine) => {
        await workbench().run('Vitrine: Inspect Selection');
        await new InspectorPage(workbench()).text('The engine is not answering.').waitFor();
        await workbench().screenshots('engine-not-answering-inspector');
        await workbench().status(NOT_ANSWERING).click();
        await workbench().status('SmolLM2 135M · cpu').waitFor();
        expect(workbench().engines()).not.toContain(engine);
      });
      const told = await seen();
      expect(told.filter((text) => /stopped|failed|unexpected/.test(text))).toEqual([]);
      expect(told).toContainEqual(expect.stringContaining('loading the model'));
    });

    test('one that stops three times is not started again until somebody asks for it', async () => {
      for (let stopped = 0; stopped < 3; stopped++) {
        await workbench().run('Vitrine: Clear Decorations');
        await expectColours(workbench());
        await killEngine(workbench());
        await workbench().status('Vitrine: stopped').waitFor();
      }
      await workbench().run('Vitrine: Colour by Entropy');
      const told = workbench().notification('The engine has stopped three times in five minutes');
      await told.waitFor();
      expect(workbench().engines()).toEqual([]);
      const toast = workbench().page.locator('.notification-list-item', { has: told });
      await toast.getByRole('button', { name: 'Restart Engine' }).click();
      await workbench().status('SmolLM2 135M · cpu').waitFor();
    });

    test('of two texts that are read, each notice tells of its own', async () => {
      await workbench().run('Vitrine: Clear Decorations');
      await workbench().openFile('long.txt');
      await workbench().run('View: Split Editor Right');
      await workbench().openFile('other.txt');
      const seen = await textsSeen(workbench().page, `${NOTICES}, ${STATUS}`);
      await whileEngineStandsStill(workbench(), async () => {
        await workbench().run('Vitrine: Colour by Surprisal');
        await workbench().notification('Vitrine reads other.txt: waiting for the engine').waitFor();
        await workbench().run('View: Focus Left Editor Group');
        await workbench().run('Vitrine: Colour by Surprisal');
        await workbench().notification('Vitrine reads long.txt: waiting for the engine').waitFor();
        await workbench().screenshot('notices');
      });
      await expect.poll(() => workbench().notification('Vitrine reads').count()).toBe(0);
      for (const [name, text] of Object.entries({ 'long.txt': LONG, 'other.txt': OTHER })) {
        const totals = (await seen()).flatMap((told) => totalIn(told, `Vitrine reads ${name}: `));
        expect(new Set(totals)).toEqual(new Set([await tokenCount(text)]));
      }
      expect((await seen()).flatMap((told) => totalIn(told, 'SmolLM2 135M · '))).not.toEqual([]);
      await workbench().run('View: Close All Editors');
    });

    test('no engine outlives the workbench', async () => {
      const engines = workbench().engines();
      expect(engines).toHaveLength(1);
      await workbench().server.stop();
      await until(() => !engines.some(isAlive), 'the engine has ended');
    });
  },
);

/** As the command line counts the tokens of a text. */
async function tokenCount(text: string): Promise<string> {
  const { stdout } = await vitrine(['tokens', '-', '--json'], { input: text });
  return formatCount(JSON.parse(stdout).count);
}

/** Of how many tokens the engine reads a text, where that is told. */
const totalIn = (told: string, of: string) =>
  new RegExp(`^${of}reading: [\\d,]+ of ([\\d,]+) tokens`).exec(told.trim())?.[1] ?? [];

/** Kills an engine that has nothing to do: colours that were known before are there sooner than it has read the text. */
async function killEngine(workbench: Workbench): Promise<void> {
  let known = '';
  let since = 0;
  await until(() => {
    const [engine] = workbench.engines();
    const now = `${engine} ${engine === undefined ? Date.now() : processorTime(engine)}`;
    if (now !== known) since = Date.now();
    known = now;
    return Date.now() - since > REST_MS && engine !== undefined && kill(engine);
  }, 'there is an engine that rests, to kill');
}

function kill(engine: number): boolean {
  try {
    return process.kill(engine, 'SIGKILL');
  } catch {
    return false;
  }
}

/** Those that are started instead of one. */
async function enginesOtherThan(workbench: Workbench, engine: number): Promise<number[]> {
  const others = () => workbench.engines().filter((each) => each !== engine);
  await until(() => others().length > 0, 'another engine starts');
  return others();
}

async function expectColours(workbench: Workbench): Promise<void> {
  await workbench.openFile('short.txt');
  await workbench.run('Vitrine: Colour by Surprisal');
  await expect.poll(() => workbench.paint()).toHaveLength(3);
}
