import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTokenizer, type Tokenizer } from '../../src/tokenizer';
import { useEngine } from '../support/engine';
import { type Asked, type FakeModelServer, type FakeOptions, openFakeModelServer } from '../support/fake-model-server';
import { numbersOf } from '../support/model-numbers';
import { describeInWorkbench } from './harness/describe';
import { numbersOfHover } from './harness/hover-numbers';

const TEXT = 'The mouse ate the cheese.';
const DIALOG = '.monaco-dialog-box';

const state = useEngine();
let tokenizer: Tokenizer;
let fake: FakeModelServer & { close(): void };
let options: FakeOptions;

beforeAll(async () => {
  tokenizer = createTokenizer(await state.engine.vocabulary({}));
  options = { kind: 'vllm', numbers: numbersOf(() => state.engine), tokenizer };
  fake = await openFakeModelServer(options);
});
afterAll(() => fake?.close());

describeInWorkbench('a model on a server', { files: { 'mouse.txt': TEXT } }, (workbench) => {
  /** Texts that were sent to be read. */
  const sent = () => fake.asked.flatMap(({ body }) => (body?.prompt_logprobs === undefined ? [] : [textOf(body)]));
  const host = () => new URL(fake.address).host;
  let served = '';

  test('is connected to before any text goes there', async () => {
    await workbench().openFile('mouse.txt');
    await workbench().runAndChoose('Vitrine: Connect to a Server…', fake.address);
    await workbench().page.getByText('Which tokenizer does smollm2 have?').waitFor();
    await workbench().screenshot('server-tokenizer');
    await workbench().answer('SmolLM2');
    await workbench().notification(`smollm2 on ${host()} is the model in use in this window.`).waitFor();
    await workbench().screenshots('server-connected');
    expect(sent()).not.toHaveLength(0);
    expect(sent()).not.toContain(TEXT);
  });

  test('gets a text once a person has seen how much goes where', async () => {
    await workbench().run('Vitrine: Colour by Surprisal');
    const dialog = workbench().page.locator(DIALOG);
    await dialog.waitFor();
    await workbench().screenshots('server-consent');
    expect(await dialog.textContent()).toContain(`Send a text of 25 characters (25 bytes) to ${host()}?`);
    expect(sent()).not.toContain(TEXT);
    await dialog.getByText('Send', { exact: true }).click();
    await expect.poll(() => workbench().paint()).toHaveLength(3);
    expect(sent()).toContain(TEXT);
    served = await numbersOfHover(workbench(), 1, 6);
    await workbench().screenshots('server-colours');
  });

  test('is told of where another one takes its place, and colours nothing', async () => {
    options.broken = ofAnother;
    // So long the server is believed to be the same.
    await new Promise((resolve) => setTimeout(resolve, 5500));
    await workbench().goTo(1, 26);
    await workbench().page.keyboard.type(' And');
    await workbench()
      .notification(/has another model than before under the name smollm2/)
      .waitFor();
    expect(sent()).not.toContain(`${TEXT} And`);
    await workbench().screenshots('server-changed');
  });

  test('is the one in use once a person has connected again', async () => {
    await workbench().page.getByRole('button', { name: 'Connect Again' }).click();
    await workbench().run('Vitrine: Colour by Surprisal');
    await expect.poll(sent).toContain(`${TEXT} And`);
    await expect.poll(() => workbench().paint()).not.toHaveLength(0);
  });

  test('is told of where its server is gone, and comes back with it', async () => {
    fake.close();
    await workbench().page.keyboard.type(' more');
    await workbench()
      .notification(/cannot be reached/)
      .waitFor();
    await workbench().screenshots('server-gone');
    fake = await openFakeModelServer(options, Number(new URL(fake.address).port));
    await workbench().page.getByRole('button', { name: 'Connect Again' }).click();
    await expect.poll(sent).toContain(`${TEXT} And more`);
    await expect.poll(() => workbench().paint()).not.toHaveLength(0);
  });

  test('is left for the one on this machine, which has the same numbers', async () => {
    for (let i = 0; i < ' And more'.length; i++) await workbench().page.keyboard.press('Backspace');
    await workbench().run('Vitrine: Use the Model on This Machine');
    await workbench()
      .status(/SmolLM2 135M · cpu/)
      .waitFor();
    const before = fake.asked.length;
    await expect.poll(() => workbench().paint()).toHaveLength(3);
    expect(await numbersOfHover(workbench(), 1, 6)).toBe(served);
    expect(fake.asked).toHaveLength(before);
  });
});

const textOf = ({ prompt }: Asked): string => tokenizer.decode(Uint32Array.from(prompt));

/** As another model has it: each token is less probable. */
function ofAnother(answer: Asked): unknown {
  const copy = structuredClone(answer);
  for (const entry of copy.choices?.[0]?.prompt_logprobs ?? []) {
    for (const each of Object.values<Asked>(entry ?? {})) each.logprob *= 1.5;
  }
  return copy;
}
