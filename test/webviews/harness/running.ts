import type { ModelInfo } from '../../../src/shared/engine-api';
import type { EngineApi } from '../../../src/shared/requests';

/** A model, and the engine that runs it. */
export interface Running {
  engine: EngineApi & { stop(): Promise<void> };
  model: ModelInfo;
}
