import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { formatBytes } from '../../display/format-bytes';
import { shortModelName } from '../../display/names';
import type { Engine } from '../../engine/client';
import { createLenses, createRuns, createVocabularies, inspectorHtml, readPageParts, record } from '../../inspector';
import type { InspectorState } from '../../shared/inspector-api';
import { createTokenizerInSlices, isTiktokenName, loadTiktoken, type Tokenizer } from '../../tokenizer';
import { warn } from '../output';
import { type ShowProgress, TASK } from '../session';
import type { Inspection, InspectRequest } from './inspection';
import { checkWritable, type OutputTarget, unwritable } from './output-target';

/** The webviews' bundle, beside this one. */
const BUNDLE = fileURLToPath(new URL('./webviews/', import.meta.url));
/** What the page says, and how it writes numbers. */
const LANGUAGE = 'en';

interface HtmlFile {
  target: OutputTarget;
  /** Of the text: a file's name, or nothing. */
  title: string;
}

/** Writes the inspector with what the model made of a text as one HTML file. */
export async function writeHtmlFile(
  engine: Engine,
  inspection: Inspection,
  request: InspectRequest,
  { target, title, showProgress }: HtmlFile & { showProgress: ShowProgress },
): Promise<void> {
  const { path } = target;
  const html = await inspectorPage(engine, inspectorState(inspection, request, title), showProgress);
  await checkWritable(target);
  await writeFile(path, html).catch((error: unknown) => {
    throw unwritable(error, path);
  });
  warn(`Wrote ${path} (${formatBytes(Buffer.byteLength(html))}).`);
}

async function inspectorPage(engine: Engine, state: InspectorState, showProgress: ShowProgress): Promise<string> {
  const { runs } = createRuns(engine, { newTask: () => TASK, progress: () => {} });
  const vocabularies = createVocabularies({
    named: (name) => tokenizerOf(engine, name),
    modelName: () => shortModelName(state.model?.vocabularyName ?? ''),
    language: LANGUAGE,
  });
  const recording = await record(
    { state, language: LANGUAGE, translations: {}, lenses: createLenses(engine), runs, vocabularies, symbols: [] },
    {
      signal: new AbortController().signal,
      progress: (done, total) => showProgress({ stage: 'record', done, total }),
    },
  );
  return inspectorHtml(recording, await readPageParts(BUNDLE));
}

const tokenizers = new Map<string, Promise<Tokenizer>>();

function tokenizerOf(engine: Engine, name: string): Promise<Tokenizer> {
  const load = async () =>
    isTiktokenName(name) ? loadTiktoken(name) : createTokenizerInSlices(await engine.vocabulary({}));
  const tokenizer = tokenizers.get(name) ?? load();
  tokenizers.set(name, tokenizer);
  return tokenizer;
}

/** What the inspector's views show of a text, as they begin. */
function inspectorState(
  { model, steering, text, trace }: Inspection,
  { select, ablate, attention }: Pick<InspectRequest, 'select' | 'ablate' | 'attention'>,
  title: string,
): InspectorState {
  // Of a text that is longer than the context, the model did not see the beginning.
  const cut = trace.starts[0] ?? 0;
  const { start, end } = select ?? { start: cut, end: text.length };
  const fromCut = (offsets: Uint32Array) => offsets.map((offset) => offset - cut);
  return {
    subject: {
      revision: 1,
      title,
      text: text.slice(cut),
      shown: [{ start: Math.max(0, start - cut), end: end - cut }],
      cut,
      stale: false,
      read: { trace: trace.trace, ids: trace.ids, starts: fromCut(trace.starts), ends: fromCut(trace.ends) },
    },
    model,
    reading: { kind: 'ready' },
    selected: { token: undefined, layer: attention[0]?.layer, head: attention[0]?.head },
    view: 'probabilities',
    isPinned: true,
    masksSink: true,
    hues: {},
    ablated: [...ablate],
    steering,
    comparison: undefined,
    isUnresponsive: false,
    viewRequest: {},
  };
}
