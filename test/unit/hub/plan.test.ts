import { expect, it } from 'vitest';
import { render } from '../../../src/display/sentences';
import { choiceOf } from '../../../src/hub/choices';
import { consentOf, obstacleOf } from '../../../src/hub/plan';
import { openRepository } from '../../../src/hub/repository';
import { type FakeModel, noise, startFakeHub } from '../../support/fake-hub';
import { hubOn } from '../../support/get-from-hub';
import { temporaryFolder } from '../../support/temporary-folder';

const ROOM = { disk: 1e9, memory: 1e9 };

/** What is asked about a file of 1,000 bytes of which so many are missing. */
async function asked(info: object, missing: number, free = ROOM, env: NodeJS.ProcessEnv = {}) {
  const model: FakeModel = { name: 'maker/tiny', files: { 'tiny.gguf': noise(1000) }, large: /gguf/, info };
  const hub = await hubOn(await startFakeHub(model), temporaryFolder(), env);
  const repository = await openRepository(hub, 'maker/tiny', {
    signal: new AbortController().signal,
    onPause: () => {},
  });
  const { question, details } = consentOf(hub, repository, choiceOf(repository, 'tiny'), missing, free);
  return [question, ...details].map((sentence) => render(sentence));
}

it('asks with size, host, licence and place', async () => {
  expect(await asked({ cardData: { license: 'mit' } }, 1000)).toEqual([
    expect.stringMatching(/^Get tiny\.gguf of maker\/tiny from 127\.0\.0\.1:\d+: 1\.0 kB\?$/),
    expect.stringMatching(/^Licence: mit, http:.*\/maker\/tiny$/),
    expect.stringMatching(/^It goes to .*, where 1\.0 GB are free\.$/),
  ]);
});

it('says what is here already, and what may be too large', async () => {
  const lines = await asked({}, 400, { disk: 500, memory: 999 });
  expect(lines).toContain('600 bytes of it are here already.');
  expect(lines).toContain('It may not run here: it is more than the 500 bytes that are free on the disk.');
});

it('refuses what the disk has no room for, and what would not be given', async () => {
  await expect(asked({}, 1000, { ...ROOM, disk: 999 })).rejects.toMatchObject({ code: 'hub.disk' });
  await expect(asked({ gated: 'auto' }, 1000)).rejects.toMatchObject({ code: 'hub.gated' });
  expect(await asked({ gated: 'auto' }, 1000, ROOM, { HF_TOKEN: 'hf_mine' })).toHaveLength(3);
});

it('knows what does not fit by its size alone', () => {
  const choice = { name: 'a', kind: 'gguf', files: [], bytes: 100 } as const;
  const obstacle = (disk: number, memory: number) => {
    const sentence = obstacleOf({ ...choice, files: [] }, { disk, memory });
    return sentence && render(sentence);
  };
  expect(obstacle(100, 100)).toBeUndefined();
  expect(obstacle(99, 100)).toContain('free on the disk');
  expect(obstacle(100, 99)).toContain('of memory');
});
