import { setImmediate } from 'node:timers/promises';
import type { LayerPart } from '../../model/architectures/architecture';
import type { ModelConfig } from '../../model/config';
import { type Site, siteOf } from '../../model/graphs/ports';
import { sentence, VitrineError } from '../../shared/errors';
import type { ValidRequests } from '../../shared/requests';
import { TraceLayer } from '../branches/trace-layer';
import { LayerRunner } from '../layer-runner';
import type { LoadedModel } from '../loaded-model';
import { checkIndex, checkPosition } from '../ranges';
import type { RowChange } from '../row-changes';
import { residualOf, type Trace } from '../trace';
import { inOrder } from './interventions';

type Patch = ValidRequests['forward']['patches'][number];

/** What is put in place of what the model computes: the values that patches name, in `inOrder`. @param ids of the text that is patched */
export async function resolvePatches(
  model: LoadedModel,
  patches: readonly Patch[],
  ids: Uint32Array,
  signal: AbortSignal,
): Promise<RowChange[]> {
  const { config } = model.compiled;
  const places = new Set<string>();
  for (const { site, layer, position, source } of patches) {
    checkLayer(config, site, layer);
    checkLayer(config, site, source.layer);
    checkPosition({ ids }, position);
    checkPosition(model.traces.get(source.trace), source.position);
    refuseTwice(places, siteOf(layer, site), position);
  }
  const rows = new PartRows(model, patches, signal);
  const changes: RowChange[] = [];
  for (const { site, layer, position, source } of patches) {
    const values = await rows.at(site, source);
    changes.push({ site: siteOf(layer, site), row: position, values });
  }
  return changes.sort(inOrder);
}

/** A residual stream also leaves the last layer: one more than there are layers. */
function checkLayer({ numHiddenLayers }: ModelConfig, site: Site, layer: number): void {
  checkIndex(sentence`layer`, layer, site === 'residual' ? numHiddenLayers + 1 : numHiddenLayers);
}

function refuseTwice(places: Set<string>, site: number, position: number): void {
  const place = `${site} ${position}`;
  if (places.has(place)) {
    throw new VitrineError(
      'request.range',
      sentence`Token ${position} was to be patched twice at the same place. Name each place once.`,
    );
  }
  places.add(place);
}

/** Rows of traces, in memory of their own: else a patch of one row would hold all of a trace. */
class PartRows {
  readonly #model: LoadedModel;
  readonly #patches: readonly Patch[];
  readonly #signal: AbortSignal;
  /** What the parts of a layer add in a trace, by the numbers of both: [positions, C]. */
  readonly #parts = new Map<string, Promise<Record<LayerPart, Float32Array>>>();

  constructor(model: LoadedModel, patches: readonly Patch[], signal: AbortSignal) {
    this.#model = model;
    this.#patches = patches;
    this.#signal = signal;
  }

  async at(site: Site, source: Patch['source']): Promise<Float32Array> {
    const trace = this.#model.traces.get(source.trace);
    const { layer, position } = source;
    if (site === 'residual') return residualOf(trace, layer, position, position + 1).slice();
    const key = `${trace.id} ${layer}`;
    let parts = this.#parts.get(key);
    if (!parts) {
      parts = this.#partsOf(trace, layer);
      this.#parts.set(key, parts);
    }
    const { hiddenSize } = this.#model.compiled.config;
    return (await parts)[site].slice(position * hiddenSize, (position + 1) * hiddenSize);
  }

  /** A trace keeps only the stream between layers: what the parts add is computed again, as far as patches ask for it. */
  async #partsOf(trace: Trace, layer: number): Promise<Record<LayerPart, Float32Array>> {
    // A run blocks the thread: between two, a request to cancel gets in.
    await setImmediate();
    this.#signal.throwIfAborted();
    const { compiled, sessions } = this.#model;
    const asked = this.#patches.filter(
      ({ site, source }) => site !== 'residual' && source.trace === trace.id && source.layer === layer,
    );
    const positions = 1 + Math.max(...asked.map(({ source }) => source.position));
    const runner = new LayerRunner(
      sessions.kinds.map((kind) => kind.layer),
      compiled,
      trace.ids.length,
    );
    runner.enter(layer);
    return new TraceLayer(runner, compiled.config, trace, layer, positions).parts();
  }
}
