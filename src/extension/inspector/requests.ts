import * as v from 'valibot';
import { requests } from '../../shared/engine-api';
import { type InspectorHost, VIEWS } from '../../shared/inspector-api';

const { headMask } = requests.forward.entries;
const index = v.pipe(v.number(), v.integer(), v.minValue(0));
const task = index;
const head = v.object({ layer: index, head: index });
const vocabulary = v.string();
const ACTIONS = ['restartEngine', 'showLog', 'chooseModel', 'openExample'] as const;

/** What a webview may ask, argument by argument. */
const schemas = {
  predictions: [requests.predictions],
  heads: [requests.heads],
  thumbnails: [requests.thumbnails],
  attention: [requests.attention],
  attentionOfQuery: [requests.attentionOfQuery],
  logitLens: [requests.logitLens],
  distribution: [requests.distribution],
  describe: [requests.describe],
  forward: [v.object({ task, text: v.string(), headMask })],
  forwardTokens: [v.object({ task, ids: v.array(index), headMask })],
  continuation: [requests.continuation],
  rollout: [requests.rollout],
  score: [requests.score],
  headAblations: [requests.headAblations],
  cancel: [requests.cancel],
  vocabularies: [],
  tokenize: [v.object({ vocabulary, text: v.string() })],
  merges: [v.object({ vocabulary, id: index })],
  number: [v.object({ vocabulary, number: v.string() })],
  numberMap: [v.object({ vocabulary })],
  sum: [v.object({ vocabulary, sum: v.string() })],
  start: [],
  select: [v.partial(v.object({ token: v.optional(index), ...head.entries }))],
  preview: [v.optional(index)],
  show: [v.picklist(VIEWS)],
  setMasksSink: [v.boolean()],
  setPinned: [v.boolean()],
  ablate: [v.array(head)],
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
} satisfies Record<keyof InspectorHost, v.GenericSchema[]>;

/**
 * What a webview may call: a method that there is, with arguments of the right form.
 *
 * @returns undefined for anything else that is called.
 */
export function checkedMethod(
  host: InspectorHost,
  name: string,
): ((...given: unknown[]) => Promise<unknown>) | undefined {
  if (!Object.hasOwn(schemas, name)) return undefined;
  const method = name as keyof InspectorHost;
  return async (...given) => {
    const checked = schemas[method].map((schema: v.GenericSchema, place) => v.parse(schema, given[place]));
    // The table of methods loses the connection between a method and its arguments.
    return (host[method] as (...checked: unknown[]) => Promise<unknown>)(...checked);
  };
}
