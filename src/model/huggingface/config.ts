import { type Sentence, sentence, VitrineError } from '../../shared/errors';
import { reasonOf } from '../architectures/not-implemented';
import type { CheckpointMetadata } from '../checkpoint/checkpoint';
import { shownName } from '../checkpoint/shown-name';
import { isObject, type JsonObject, type JsonValue } from './json';

/** What follows the family's name in the name of its class. */
const CLASS_ENDING = /(For[A-Z]\w*|LMHeadModel|DoubleHeadsModel|TextModel|Model)$/;

/** Classes whose head says something about the whole text, or about each of its tokens. */
const OTHER_HEAD = /For(\w+Classification|QuestionAnswering|RewardModel\w*)$|RewardModel$/;

/** Ways of quantising whose files this reader turns into weights. */
const KNOWN_QUANTISATIONS = ['fp8', 'fbgemm_fp8', 'mxfp4'];

/**
 * What `config.json` says of the model of language: of a model that also sees or hears, its `text_config`, and what stands
 * around that.
 *
 * @throws VitrineError `huggingFace.config` where it names no architecture, or contradicts itself; `model.unsupported`
 * where its weights are quantised in a way that is not read.
 */
export function configOf(path: string, config: JsonObject): CheckpointMetadata {
  const fields = fieldsOf(config);
  const architecture = fields.get('model_type') ?? config.model_type;
  if (typeof architecture !== 'string' || !/^[\w.-]{1,64}$/.test(architecture)) {
    throw badConfig(path, sentence`its config.json has no model_type, which names the architecture`);
  }
  refuseContradiction(path, config);
  refuseOtherHead(path, config);
  refuseQuantisation(path, fields);
  return { architecture, keys: [...fields.keys()], get: (key) => fields.get(key) ?? undefined };
}

function fieldsOf({ text_config: text, ...outer }: JsonObject): Map<string, JsonValue> {
  return new Map([...Object.entries(outer), ...(isObject(text) ? Object.entries(text) : [])]);
}

/** Whether the model also sees or hears: its file holds more than the model of language. */
export const isMultimodal = (config: JsonObject): boolean =>
  ['text_config', 'vision_config', 'audio_config'].some((field) => isObject(config[field]));

/** `Qwen2ForCausalLM` and `qwen2` say the same: where they do not, one of them would give wrong numbers. */
function refuseContradiction(path: string, { model_type: type, architectures }: JsonObject): void {
  const [architecture] = Array.isArray(architectures) ? architectures : [];
  if (typeof type !== 'string' || typeof architecture !== 'string') return;
  // Refused for what it is: classes of such families often go by another name.
  if (reasonOf(type)) return;
  if (plain(architecture.replace(CLASS_ENDING, '')) === plain(type.replace(/_text$/, ''))) return;
  throw badConfig(
    path,
    sentence`its config.json calls it ${shownName(type)} and ${shownName(architecture)}, which are two architectures`,
  );
}

function refuseOtherHead(path: string, { architectures }: JsonObject): void {
  const [architecture] = Array.isArray(architectures) ? architectures : [];
  if (typeof architecture !== 'string' || !OTHER_HEAD.test(architecture)) return;
  throw new VitrineError(
    'model.unsupported',
    sentence`${path} is a ${shownName(architecture)}: it rates or sorts texts, and predicts no next token. Choose the model that it was made from.`,
  );
}

const plain = (name: string) => name.toLowerCase().replace(/[_-]/g, '');

function refuseQuantisation(path: string, fields: ReadonlyMap<string, JsonValue>): void {
  const found = fields.get('quantization_config') ?? fields.get('quantization') ?? fields.get('compression_config');
  if (found === undefined || found === null) return;
  const quantisation = isObject(found) ? found : {};
  const { quant_method: named, format } = quantisation;
  const method = typeof named === 'string' ? named : writerOf(quantisation);
  if (KNOWN_QUANTISATIONS.includes(method)) return;
  if (method === 'compressed-tensors' && format === 'float-quantized') return;
  throw new VitrineError(
    'model.unsupported',
    sentence`${path}: its weights are quantised by ${shownName(method)}, which Vitrine does not read. Choose the model's original folder, or a GGUF file of it.`,
  );
}

/** Who quantises without saying how. */
function writerOf({ load_in_4bit: in4Bits, load_in_8bit: in8Bits, bits, group_size: group }: JsonObject): string {
  if (in4Bits === true || in8Bits === true) return 'bitsandbytes';
  return bits !== undefined && group !== undefined ? 'MLX' : 'an unknown method';
}

const badConfig = (path: string, reason: Sentence) =>
  new VitrineError(
    'huggingFace.config',
    sentence`${path} cannot be read as a Hugging Face model: ${reason}. Get its config.json again.`,
  );
