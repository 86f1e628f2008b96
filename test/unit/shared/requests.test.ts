import { describe, expectTypeOf, test } from 'vitest';
import type { AttentionPattern, ModelInfo } from '../../../src/shared/engine-api';
import type { Sentence } from '../../../src/shared/errors';
import type { InspectorHost, Lenses, Recorded, Runs, TraceTokens } from '../../../src/shared/inspector-api';
import type { EngineApi, Requests, ValidRequests } from '../../../src/shared/requests';

/* What is derived from the table of requests keeps its types: the compiler checks these. */

describe('a request of the table', () => {
  test('has the types of its entry in the engine', () => {
    expectTypeOf<EngineApi['attention']>().returns.resolves.toEqualTypeOf<AttentionPattern>();
    expectTypeOf<EngineApi['space']>().returns.resolves.toEqualTypeOf<Sentence | undefined>();
    expectTypeOf<EngineApi['load']>().returns.resolves.toEqualTypeOf<ModelInfo>();
    expectTypeOf<EngineApi['cancel']>().returns.resolves.toEqualTypeOf<undefined>();
    expectTypeOf<Requests['predictions']>().toEqualTypeOf<{
      trace: number;
      from: number;
      to: number;
      topK?: number | undefined;
    }>();
    expectTypeOf<ValidRequests['predictions']['topK']>().toEqualTypeOf<number>();
    expectTypeOf<{ trace: string }>().not.toExtend<Requests['heads']>();
  });

  test('is asked by views as far as they may, and tells them as much', () => {
    expectTypeOf<Lenses['attention']>().toEqualTypeOf<EngineApi['attention']>();
    expectTypeOf<keyof Parameters<InspectorHost['forward']>[0]>().toEqualTypeOf<
      'task' | 'text' | 'headMask' | 'hidden' | 'patches' | 'steering' | 'adapterGain' | 'model'
    >();
    expectTypeOf<InspectorHost['forward']>().returns.resolves.toEqualTypeOf<TraceTokens>();
    expectTypeOf<InspectorHost['forwardTokens']>().returns.resolves.toEqualTypeOf<{ trace: number }>();
    expectTypeOf<InspectorHost>().not.toHaveProperty('load');
    expectTypeOf<Extract<keyof Lenses, 'rollout' | 'score'>>().toEqualTypeOf<never>();
    expectTypeOf<keyof Runs>().toEqualTypeOf<
      | 'forward'
      | 'forwardTokens'
      | 'score'
      | 'ablations'
      | 'occlusion'
      | 'patchGrid'
      | 'directions'
      | 'rollout'
      | 'additions'
      | 'matrixImage'
      | 'singularValues'
      | 'continuation'
      | 'partTimes'
      | 'undertrained'
      | 'verifyUndertrained'
      | 'cancel'
    >();
  });

  test('is answered by a recording where it says so', () => {
    expectTypeOf<Recorded>().toHaveProperty('logitLens');
    expectTypeOf<Extract<keyof Recorded, 'continuation' | 'forwardTokens' | 'ablations'>>().toEqualTypeOf<never>();
  });
});
