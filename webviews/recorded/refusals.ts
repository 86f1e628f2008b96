import type { Lenses, Recorded, Runs } from '../../src/shared/inspector-api';
import { namesForViews } from '../../src/shared/request-table';
import { requests } from '../../src/shared/requests';
import { unanswered } from './unanswered';

type Refused = Omit<Lenses & Omit<Runs, 'cancel'>, keyof Recorded>;

/** What no file holds answers to, because it needs the model: whoever asks it is told so. */
export function refusals(): Refused {
  const names = namesForViews(requests).filter((name) => !requests[name].views.isRecorded);
  const refuse = async () => {
    throw unanswered();
  };
  return Object.fromEntries(names.map((name) => [name, refuse])) as unknown as Refused;
}
