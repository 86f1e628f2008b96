import { expect, it } from 'vitest';
import { trafficOf } from '../../../src/remote/traffic';

let port = 0;

/** Requests to a server that nobody else asks, each answered when the test says so. */
function requests() {
  const traffic = trafficOf(`http://127.0.0.1:${++port}`);
  const under = new Map<string, () => void>();
  const ask = (name: string, inBackground: boolean, { signal } = new AbortController()) =>
    traffic.run({ inBackground, signal }, () => new Promise<void>((resolve) => under.set(name, resolve)));
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const answer = async (name: string) => {
    await settled();
    under.get(name)?.();
    under.delete(name);
  };
  const underWay = async () => {
    await settled();
    return [...under.keys()].join(' ');
  };
  return { traffic, ask, answer, underWay };
}

it('sends at most four requests at once for which nobody waits, in their order', async () => {
  const { ask, answer, underWay } = requests();
  for (const name of 'abcdef') void ask(name, true);
  expect(await underWay()).toBe('a b c d');
  await answer('b');
  expect(await underWay()).toBe('a c d e');
});

it('sends what somebody waits for at once, and begins nothing else meanwhile', async () => {
  const { ask, answer, underWay } = requests();
  for (const name of 'abcde') void ask(name, true);
  await underWay();
  void ask('PERSON', false);
  expect(await underWay()).toBe('a b c d PERSON');
  await answer('a');
  await answer('b');
  expect(await underWay()).toBe('c d PERSON');
  await answer('PERSON');
  expect(await underWay()).toBe('c d e');
});

it('sends half as many to a server that has too much to do, and again more as it answers', async () => {
  const { traffic, ask, answer, underWay } = requests();
  for (const name of 'abcdefghij') void ask(name, true);
  traffic.heard(true);
  for (const name of 'abcd') await answer(name);
  expect(await underWay()).toBe('e f');
  traffic.heard(true);
  traffic.heard(true);
  for (const name of 'ef') await answer(name);
  expect(await underWay()).toBe('g');
  for (let answers = 0; answers < 10; answers++) traffic.heard(false);
  await answer('g');
  expect(await underWay()).toBe('h i j');
});

it('sends nothing that was cancelled while it waited', async () => {
  const { ask, answer, underWay } = requests();
  for (const name of 'abcd') void ask(name, true);
  const cancellation = new AbortController();
  const waiting = ask('e', true, cancellation);
  void ask('f', true);
  cancellation.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'task.cancelled' });
  await expect(ask('g', true, cancellation)).rejects.toMatchObject({ code: 'task.cancelled' });
  await answer('a');
  expect(await underWay()).toBe('b c d f');
});
