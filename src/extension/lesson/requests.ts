import * as v from 'valibot';
import type { LessonHost } from '../../shared/lesson-api';
import { index } from '../../shared/request-fields';
import { checkedMethodOf, type PageMethod } from '../checked-method';

/** What a page may ask, argument by argument. */
const schemas = {
  start: [],
  show: [v.object({ step: index })],
  doTask: [],
  answer: [v.object({ choice: index })],
  askAgain: [],
  acceptNotice: [],
  beginAnew: [],
  leave: [],
} satisfies Record<keyof LessonHost, v.GenericSchema[]>;

/** What a page may call; undefined for anything else. */
export const checkedMethod = (host: LessonHost, name: string): PageMethod | undefined =>
  checkedMethodOf(schemas, host, name);
