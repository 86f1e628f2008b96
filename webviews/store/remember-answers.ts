import type { Lenses } from '../../src/shared/inspector-api';

/** Answers kept: the ones asked for last. */
const KEPT = 200;

const LENSES = [
  'predictions',
  'heads',
  'thumbnails',
  'attention',
  'attentionOfQuery',
  'logitLens',
  'distribution',
  'describe',
] as const satisfies (keyof Lenses)[];

/** The lenses of a host, which is asked the same question once. What failed is asked again. */
export function rememberAnswers(host: Lenses): Lenses {
  const answers = new Map<string, Promise<unknown>>();
  const remember = (key: string, ask: () => Promise<unknown>): Promise<unknown> => {
    const known = answers.get(key);
    const answer = known ?? ask();
    answers.delete(key);
    answers.set(key, answer);
    if (!known) answer.catch(() => answers.delete(key));
    if (answers.size > KEPT) answers.delete(answers.keys().next().value ?? '');
    return answer;
  };
  return Object.fromEntries(
    LENSES.map((lens) => [
      lens,
      (request: never) => remember(`${lens} ${JSON.stringify(request)}`, () => host[lens](request)),
    ]),
  ) as unknown as Lenses;
}
