import { InferenceSession, type Tensor } from 'onnxruntime-node';
import { encodeModel } from '../../src/model/onnx/encode';
import { Graph } from '../../src/model/onnx/graph';

/** Builds a graph, writes it as an ONNX file and runs it in onnxruntime. The results are in the order of the outputs. */
export async function runGraph(
  build: (g: Graph) => void,
  feeds: Record<string, Tensor> = {},
  weightsFolder = '.',
  provider: 'cpu' | 'webgpu' = 'cpu',
): Promise<Tensor[]> {
  const g = new Graph('test');
  build(g);
  const session = await InferenceSession.create(encodeModel(g), {
    executionProviders: [provider],
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
    extra: { session: { model_external_initializers_file_folder_path: weightsFolder } },
  });
  const results = await session.run(feeds);
  return session.outputNames.map((name) => results[name] as Tensor);
}
