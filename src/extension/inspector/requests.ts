import * as v from 'valibot';
import { COMPARED_FORMS } from '../../shared/comparisons';
import { type InspectorHost, VIEWS } from '../../shared/inspector-api';
import { head, index } from '../../shared/request-fields';
import { type ForViews, type NamesOf, namesForViews, schemaForViews } from '../../shared/request-table';
import { requests } from '../../shared/requests';
import { checkedMethodOf, type PageMethod } from '../checked-method';

type EngineRequest = NamesOf<typeof requests, ForViews>;

const vocabulary = v.string();
const ACTIONS = ['restartEngine', 'showLog', 'chooseModel', 'openExample', 'explainTables'] as const;

const finite = v.pipe(v.number(), v.finite());
const steering = v.object({
  name: v.string(),
  direction: v.instance(Float32Array),
  coefficient: finite,
  range: finite,
});

/** What a webview may ask beside the engine's requests, argument by argument. */
const others = {
  cancel: [requests.cancel.schema],
  vocabularies: [],
  tokenize: [v.object({ vocabulary, text: v.string() })],
  merges: [v.object({ vocabulary, id: index })],
  mergeRanks: [v.object({ vocabulary, pairs: v.array(v.tuple([index, index])) })],
  number: [v.object({ vocabulary, number: v.string() })],
  numberMap: [v.object({ vocabulary })],
  sum: [v.object({ vocabulary, sum: v.string() })],
  differences: [v.object({ task: index })],
  divergence: [v.object({ task: index, whole: v.boolean(), asLlamaCpp: v.boolean() })],
  scorePair: [
    v.object({ task: index, prompt: v.string(), chosen: v.string(), rejected: v.string(), isChat: v.boolean() }),
  ],
  compareWith: [],
  sameVocabulary: [],
  compareForm: [v.picklist(COMPARED_FORMS)],
  stopComparing: [],
  setAdapterGain: [finite],
  start: [],
  select: [v.partial(v.object({ token: v.optional(index), ...head.entries }))],
  preview: [v.optional(index)],
  show: [v.picklist(VIEWS)],
  setShown: [v.partial(v.object({ section: v.string(), texts: v.array(v.string()), written: index, head }))],
  setMasksSink: [v.boolean()],
  setPinned: [v.boolean()],
  ablate: [v.array(head)],
  steer: [v.optional(steering)],
  loadControlVector: [],
  saveControlVector: [],
  renew: [],
  readToWordEnd: [],
  cancelReading: [],
  symbols: [],
  selections: [],
  clipboard: [],
  copy: [v.string()],
  save: [v.object({ name: v.string(), content: v.union([v.string(), v.instance(Uint8Array)]) })],
  saveInspector: [],
  insert: [v.string()],
  run: [v.picklist(ACTIONS)],
} satisfies Record<Exclude<keyof InspectorHost, EngineRequest>, v.GenericSchema[]>;

const schemas: Record<string, v.GenericSchema[]> = {
  ...others,
  ...Object.fromEntries(namesForViews(requests).map((name) => [name, [schemaForViews(requests[name])]])),
};

/** What a webview may call; undefined for anything else. */
export const checkedMethod = (host: InspectorHost, name: string): PageMethod | undefined =>
  checkedMethodOf(schemas, host, name);
