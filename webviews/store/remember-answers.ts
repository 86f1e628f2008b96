import type { Lenses } from '../../src/shared/inspector-api';
import { namesForViews } from '../../src/shared/request-table';
import { requests } from '../../src/shared/requests';

/** What takes long is asked under numbers of its own. */
const REMEMBERED = namesForViews(requests).filter(
  (name) => requests[name].views.isRemembered && !('isTask' in requests[name]),
) as (keyof Lenses)[];

/** Answers kept: the ones asked for last. */
const KEPT = 200;

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
    REMEMBERED.map((lens) => [
      lens,
      (request: never) => remember(`${lens} ${JSON.stringify(request)}`, () => host[lens](request)),
    ]),
  ) as unknown as Lenses;
}
