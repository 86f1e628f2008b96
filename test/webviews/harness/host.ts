import type { Page } from 'playwright-core';
import { shortModelName } from '../../../src/display/names';
import { speakNumbersIn } from '../../../src/display/numbers';
import { createLenses, createRuns, createVocabularies } from '../../../src/inspector';
import type { InspectorHost } from '../../../src/shared/inspector-api';
import { bridge } from './bridge';
import { withComparedModel } from './compared-model';
import { createComparisons } from './comparisons';
import type { TestHostApi } from './host-api';
import { spokenError } from './spoken';
import type { Stage } from './stage';

/** A host that the page reaches through a bridge. */
export async function hostOf(
  stage: Stage,
  hostApi: TestHostApi,
  { language, translations, page }: { language: string; translations: Record<string, string>; page: Page },
): Promise<InspectorHost> {
  // Errors are put into words on this side.
  speakNumbersIn(language);
  const model = await stage.model();
  const engine = withComparedModel(stage, hostApi);
  const { runs, engineProgress } = createRuns(engine, {
    newTask: () => stage.newTask(),
    progress: (report) => events.progress(report),
  });
  const vocabularies = createVocabularies({
    named: (name) => stage.named(name),
    modelName: () => shortModelName(model.vocabularyName),
    language,
  });
  const host = spoken(
    {
      ...createLenses(engine),
      ...runs,
      ...vocabularies,
      ...createComparisons(stage, hostApi),
      ...methodsOf(hostApi),
    },
    translations,
  );
  const events = await bridge(page, host);
  hostApi.events = events;
  const stopListening = stage.onProgress((report) => {
    engineProgress(report);
    hostApi.progress(report);
  });
  page.once('close', stopListening);
  return host;
}

/** A class's methods are not among its own properties, which are what spreads. */
function methodsOf(hostApi: TestHostApi): Pick<InspectorHost, (typeof PLACE_METHODS)[number]> {
  return Object.fromEntries(
    PLACE_METHODS.map((method) => [method, (hostApi[method] as (...values: never[]) => unknown).bind(hostApi)]),
  ) as unknown as Pick<InspectorHost, (typeof PLACE_METHODS)[number]>;
}

const PLACE_METHODS = [
  'start',
  'select',
  'preview',
  'show',
  'setShown',
  'setMasksSink',
  'setPinned',
  'ablate',
  'steer',
  'loadControlVector',
  'saveControlVector',
  'renew',
  'readToWordEnd',
  'cancelReading',
  'symbols',
  'selections',
  'clipboard',
  'copy',
  'save',
  'saveInspector',
  'insert',
  'run',
] as const;

/** The host, whose errors speak the language of the display. */
function spoken(host: InspectorHost, translations: Record<string, string>): InspectorHost {
  return Object.fromEntries(
    Object.entries(host).map(([method, answer]) => [
      method,
      async (...values: unknown[]) => {
        try {
          return await (answer as (...values: unknown[]) => unknown)(...values);
        } catch (error) {
          throw new Error(spokenError(error, translations), { cause: error });
        }
      },
    ]),
  ) as unknown as InspectorHost;
}
