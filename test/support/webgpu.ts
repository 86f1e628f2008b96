import { VitrineError } from '../../src/shared/errors';
import { loadRequest, startTestEngine } from './engine';
import { llamaFixture } from './llama-fixtures';

/**
 * Why WebGPU cannot be tested here, or undefined where it can: Debian's packages mesa-vulkan-drivers and libvulkan1 are an
 * adapter that every machine can have.
 */
export async function whyNoWebgpu(): Promise<string | undefined> {
  const engine = startTestEngine();
  try {
    await engine.load(loadRequest({ path: llamaFixture('grouped'), provider: 'webgpu' }));
    return undefined;
  } catch (error) {
    if (!(error instanceof VitrineError) || error.code !== 'provider.missing') throw error;
    console.error(`WebGPU is not tested: ${error.message}`);
    return error.message;
  } finally {
    await engine.stop();
  }
}
