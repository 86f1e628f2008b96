import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatSigned } from '../../src/display/numbers';
import { createTokenizer, type Tokenizer } from '../../src/tokenizer';
import { useEngine } from '../support/engine';
import { type Asked, type FakeModelServer, type FakeOptions, openFakeModelServer } from '../support/fake-model-server';
import { numbersOf } from '../support/model-numbers';
import { describeInWorkbench } from './harness/describe';
import { numbersOfHover } from './harness/hover-numbers';

const TEXT = 'The mouse ate the cheese.';
const DIALOG = '.monaco-dialog-box';

/** Of commands that look inside of a model, what is said of one on a server. */
const ABSENT: [command: string, sentence: RegExp][] = [
  ['Attention From Cursor', /does not give its attention/],
  ['Why This Token', /does not give what passes from layer to layer/],
  ['Mark Undertrained Tokens', /does not give its weights/],
  ['Choose Execution Provider…', /decides what computes it/],
];

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
  const sent = () => sentSince(0);
  const sentSince = (first: number) =>
    fake.asked.slice(first).flatMap(({ body }) => (body?.prompt_logprobs === undefined ? [] : [textOf(body)]));
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
    const release = holdAnswers();
    await dialog.getByText('Send', { exact: true }).click();
    const warning = workbench().page.locator('.statusbar-item.warning-kind', { hasText: host() });
    await warning.waitFor();
    await workbench().screenshots('server-sending');
    release();
    await expect.poll(() => workbench().paint()).toHaveLength(3);
    await warning.waitFor({ state: 'detached' });
    expect(sent()).toContain(TEXT);
    served = await numbersOfHover(workbench(), 1, 6);
    await workbench().screenshots('server-colours');
  });

  test('says in one sentence what its model does not give, and is sent nothing for that', async () => {
    const before = fake.asked.length;
    for (const [command, sentence] of ABSENT) {
      await workbench().run(`Vitrine: ${command}`);
      await workbench().notification(sentence).waitFor();
      // The workbench shows three at once.
      await workbench().run('Notifications: Clear All Notifications');
    }
    expect(fake.asked).toHaveLength(before);
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

  test('is held against the one on this machine by what both say of each token', async () => {
    const before = fake.asked.length;
    await workbench().runAndChoose('Vitrine: Compare With…', 'A model on a server…');
    await workbench().answer('smollm2');
    await workbench()
      .notification(/is compared with B \(smollm2/)
      .waitFor();
    await workbench().run('Vitrine: Colour by Difference');
    let text = '';
    const said = async () => {
      await workbench().page.keyboard.press('Escape');
      text = (await (await workbench().hover(1, 6)).textContent()) ?? '';
      return text;
    };
    // A hover shows what is known as it opens.
    await expect.poll(said).toContain('ln(p B / p A)');
    await workbench().screenshots('server-difference');
    expect(text).not.toContain('KL');
    // The server has half as much again of every ln p.
    const { logprob } = await options.numbers([...tokenizer.encode(TEXT).ids]);
    expect(text).toContain(`ln(p B / p A) ${formatSigned((logprob[1] ?? Number.NaN) / 2)} nats`);
    expect(sentSince(before)).toContain(TEXT);
    await workbench().page.keyboard.press('Escape');
  });
});

/** Lets the server wait before it answers. @returns lets it answer */
function holdAnswers(): () => void {
  const { numbers } = options;
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  options.numbers = async (ids) => {
    await held;
    return numbers(ids);
  };
  return () => {
    options.numbers = numbers;
    release();
  };
}

const textOf = ({ prompt }: Asked): string => tokenizer.decode(Uint32Array.from(prompt));

/** As another model has it: each token is less probable. */
function ofAnother(answer: Asked): unknown {
  const copy = structuredClone(answer);
  for (const entry of copy.choices?.[0]?.prompt_logprobs ?? []) {
    for (const each of Object.values<Asked>(entry ?? {})) each.logprob *= 1.5;
  }
  return copy;
}
