import { modelServer } from '../../../src/remote/model-server';
import { startServedEngine } from '../../../src/remote/start-served-engine';
import type { EngineEvents } from '../../../src/shared/engine-api';
import { createTokenizerInSlices } from '../../../src/tokenizer';
import { openFakeModelServer, type ServerKind } from '../../support/fake-model-server';
import { numbersOf } from '../../support/model-numbers';
import type { Running } from './running';

/** The model of an engine behind a server of its own, which speaks as one of its kind. */
export async function serveModel(
  { engine }: Running,
  kind: ServerKind,
  onProgress: EngineEvents['progress'],
): Promise<Running> {
  const specification = await engine.vocabulary({});
  const tokenizer = await createTokenizerInSlices(specification);
  const fake = await openFakeModelServer({ kind, tokenizer, numbers: numbersOf(() => engine) });
  const served = startServedEngine({
    server: async () => modelServer({ address: fake.address, fetch }),
    vocabulary: async () => specification,
    onProgress,
  });
  const stop = async () => {
    await served.engine.stop();
    fake.close();
    await engine.stop();
  };
  return { engine: { ...served.engine, stop }, model: await served.model };
}
