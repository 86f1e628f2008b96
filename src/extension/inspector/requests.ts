import * as v from 'valibot';
import { type InspectorHost, VIEWS } from '../../shared/inspector-api';
import { head, index } from '../../shared/request-fields';
import { type ForViews, type NamesOf, namesForViews, schemaForViews } from '../../shared/request-table';
import { requests } from '../../shared/requests';

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
  number: [v.object({ vocabulary, number: v.string() })],
  numberMap: [v.object({ vocabulary })],
  sum: [v.object({ vocabulary, sum: v.string() })],
  differences: [v.object({ task: index })],
  divergence: [v.object({ task: index, whole: v.boolean(), asLlamaCpp: v.boolean() })],
  scorePair: [
    v.object({ task: index, prompt: v.string(), chosen: v.string(), rejected: v.string(), isChat: v.boolean() }),
  ],
  compareWith: [],
  stopComparing: [],
  setAdapterGain: [finite],
  start: [],
  select: [v.partial(v.object({ token: v.optional(index), ...head.entries }))],
  preview: [v.optional(index)],
  show: [v.picklist(VIEWS)],
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
    const checked = (schemas[name] ?? []).map((schema, place) => v.parse(schema, given[place]));
    // The table of methods loses the connection between a method and its arguments.
    return (host[method] as (...checked: unknown[]) => Promise<unknown>)(...checked);
  };
}
