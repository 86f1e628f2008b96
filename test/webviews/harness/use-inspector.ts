import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { speakNumbersIn } from '../../../src/display/numbers';
import type { ServerKind } from '../../support/fake-model-server';
import { type Inspector, type InspectorOptions, openInspector } from './inspector';
import { sharedBrowser, sharedStage } from './shared';
import { Stage } from './stage';

/**
 * Inspectors for all tests of a file, on one engine. Each is closed after its test, and had no problems.
 *
 * @param path of a model; by default the one that comes with Vitrine
 * @param served the kind of server behind which the model is; by default the engine runs it
 */
export function useInspector(
  path?: string,
  served?: ServerKind,
): {
  open(options?: InspectorOptions): Promise<Inspector>;
  readonly stage: Stage;
} {
  const isOwn = path !== undefined || served !== undefined;
  let stage: Stage | undefined;
  const opened: Inspector[] = [];
  const started = () => {
    if (!stage) throw new Error('the engine is there only while tests run');
    return stage;
  };
  beforeAll(async () => {
    // The file before may have ended in another language.
    speakNumbersIn('en');
    stage = await (isOwn ? Stage.open({ path, served, browser: await sharedBrowser() }) : sharedStage());
  });
  afterEach(async () => {
    for (const { problems, close } of opened.splice(0)) {
      await close();
      expect(problems).toEqual([]);
    }
  });
  afterAll(() => (isOwn ? stage?.close() : stage?.closeOthers()));
  return {
    get stage() {
      return started();
    },
    open: async (options) => {
      const inspector = await openInspector(started(), options);
      opened.push(inspector);
      return inspector;
    },
  };
}
