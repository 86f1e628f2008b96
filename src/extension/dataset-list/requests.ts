import * as v from 'valibot';
import type { DatasetHost } from '../../shared/dataset-api';
import { count, index } from '../../shared/request-fields';
import { checkedMethodOf, type PageMethod } from '../checked-method';

const column = v.string();
const bound = v.optional(v.pipe(v.number(), v.finite()));

/** Rows that a page may ask for at once. */
const MOST_ROWS = 500;

/** Documents that it may ask for at once, of those that a rule removes. */
const MOST_REMOVED = 10_000;

/** On each side of a threshold. */
const MOST_NEAR = 100;

/** In tokens. */
const LONGEST_CONTEXT = 2 ** 20;

/** What a page may ask, argument by argument. */
const schemas = {
  start: [],
  rows: [v.object({ from: index, count: v.pipe(count, v.maxValue(MOST_ROWS)) })],
  sort: [v.optional(v.object({ column, isDescending: v.boolean() }))],
  filter: [
    v.object({
      text: v.string(),
      ranges: v.array(v.object({ column, minimum: bound, maximum: bound })),
      problemsOnly: v.boolean(),
    }),
  ],
  cancelFilter: [],
  setScoring: [v.boolean()],
  open: [v.object({ line: index })],
  save: [v.object({ format: v.picklist(['csv', 'jsonl']) })],
  cancelSave: [],
  reload: [],
  openFunnel: [],
  readDocuments: [],
  stopReading: [],
  choosePreset: [v.string()],
  readWanted: [],
  resetChoices: [],
  setThreshold: [v.object({ measure: v.string(), threshold: bound })],
  setRule: [v.object({ rule: v.string(), isOn: v.boolean() })],
  removed: [
    v.object({
      rule: v.string(),
      measure: v.optional(v.string()),
      from: index,
      count: v.pipe(count, v.maxValue(MOST_REMOVED)),
    }),
  ],
  wouldRemove: [v.string()],
  nearThreshold: [v.object({ measure: v.string(), count: v.pipe(count, v.maxValue(MOST_NEAR)) })],
  document: [v.object({ index, measure: v.optional(v.string()) })],
  openInFile: [v.object({ index })],
  pair: [v.object({ left: index, right: index })],
  exportDocuments: [v.object({ what: v.picklist(['kept', 'removed']) })],
  stopExport: [],
  openWritten: [],
  chooseQuestions: [],
  readByModel: [],
  stopModel: [],
  countTokens: [],
  stopCounting: [],
  chooseVocabulary: [v.string()],
  choosePart: [v.picklist(['all', 'kept'])],
  setContext: [v.pipe(count, v.minValue(1), v.maxValue(LONGEST_CONTEXT))],
} satisfies Record<keyof DatasetHost, v.GenericSchema[]>;

/** What a page may call; undefined for anything else. */
export const checkedMethod = (host: DatasetHost, name: string): PageMethod | undefined =>
  checkedMethodOf(schemas, host, name);
