import { type Sentence, sentence, VitrineError } from '../../shared/errors';

/** What models are kept in that is not read, by the ending of the file. */
const OTHER_FORMATS: Readonly<Record<string, string>> = {
  engine: 'TensorRT',
  ggml: 'GGML',
  h5: 'Keras',
  keras: 'Keras',
  litertlm: 'LiteRT',
  llamafile: 'llamafile',
  mlmodel: 'Core ML',
  mlpackage: 'Core ML',
  mlx: 'MLX',
  msgpack: 'Flax',
  npz: 'NumPy',
  onnx: 'ONNX',
  ort: 'ONNX Runtime',
  pb: 'TensorFlow',
  pte: 'ExecuTorch',
  task: 'MediaPipe',
  tflite: 'LiteRT',
};
const PICKLED = ['bin', 'ckpt', 'pickle', 'pkl', 'pt', 'pth'];

/** The error for a file whose ending says that it is in a format that is not read; undefined where it does not. */
export function refusedFormat(path: string): VitrineError | undefined {
  const [, ending = ''] = /\.([a-z0-9]+)$/.exec(path.toLowerCase()) ?? [];
  if (PICKLED.includes(ending)) return refused('model.pickle', pickled(path));
  const format = Object.hasOwn(OTHER_FORMATS, ending) ? OTHER_FORMATS[ending] : undefined;
  return format === undefined ? undefined : refused('model.format', other(path, format));
}

const refused = (code: string, text: Sentence) => new VitrineError(code, text);

/** PyTorch's own files are programs for Python's `pickle`. */
const pickled = (path: string) =>
  sentence`${path} is a PyTorch file, which can run any code when it is loaded, so Vitrine does not open it. Choose the model as safetensors: in Python, model.save_pretrained(folder) writes that.`;

const other = (path: string, format: string) =>
  sentence`${path} is a file for ${format}, which does not say what Vitrine has to know of a model. Choose the model as GGUF, or as a Hugging Face folder with safetensors.`;
