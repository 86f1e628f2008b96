import { sentence, VitrineError } from '../../shared/errors';
import { Regex } from '../../tokenizer/regex/regex';
import { unitsOfText } from '../../tokenizer/unicode/utf8';
import { shownName } from '../checkpoint/shown-name';
import { isObject, type JsonObject, type JsonValue } from '../huggingface/json';
import { unsupported } from './refusals';

/** What `adapter_config.json` says of how the matrices of a module are scaled. */
export interface PeftConfig {
  /** Of the low-rank matrices of a module, by its name in the base. */
  rankOf(module: string): number;
  /** What their product is multiplied by. */
  scaleOf(module: string): number;
  /** What it calls its base. */
  baseName: string | undefined;
  /** What each module has beside its two matrices: lengths of its outputs, a bias. */
  hasMagnitudes: boolean;
  hasShifts: boolean;
}

/** What is read. */
const READ = ['peft_type', 'r', 'lora_alpha', 'use_rslora', 'rank_pattern', 'alpha_pattern', 'base_model_name_or_path'];

/**
 * What changes nothing of a merged model: how it was trained; which modules were meant, for the tensors say which they are;
 * whether a module's weights are transposed, for its kind says that, as in PEFT; and numbers of what is off elsewhere.
 */
const WITHOUT_EFFECT = [
  'auto_mapping',
  'corda_config',
  'ensure_weight_tying',
  'eva_config',
  'exclude_modules',
  'fan_in_fan_out',
  'inference_mode',
  'layers_pattern',
  'layers_to_transform',
  'lora_dropout',
  'lora_ga_config',
  'megatron_core',
  'modules_to_save',
  'peft_version',
  'qalora_group_size',
  'revision',
  'target_modules',
  'task_type',
];

/** Ways to begin a training that leave the base as it is; the others of PEFT's change it. */
const PLAIN_BEGINNINGS: readonly JsonValue[] = [true, false, 'gaussian', 'eva', 'orthogonal'];

/**
 * Reads `adapter_config.json` of a LoRA: https://github.com/huggingface/peft, `LoraConfig`. Any other field that is set may
 * change what the model computes.
 *
 * @param path names the adapter in errors
 * @throws VitrineError `adapter.unsupported` by the name of what is not implemented, `adapter.config`
 */
export function peftConfigOf(path: string, config: JsonObject): PeftConfig {
  refuseUnsupported(path, config);
  const refuse = (field: string) =>
    new VitrineError('adapter.config', sentence`${path}: ${field} in adapter_config.json has no possible value.`);
  const isRank = (value: JsonValue | undefined) => Number.isSafeInteger(value) && (value as number) > 0;
  const rankOf = numberOf(path, config, 'r', 'rank_pattern', (value) => {
    if (!isRank(value)) throw refuse('r, or rank_pattern,');
    return value as number;
  });
  const alphaOf = numberOf(path, config, 'lora_alpha', 'alpha_pattern', (value) => {
    // Larger than a weight can be, it would make the model's own look damaged.
    if (typeof value !== 'number' || !Number.isFinite(Math.fround(value)))
      throw refuse('lora_alpha, or alpha_pattern,');
    return value;
  });
  // Kalajdzievski 2023, arXiv 2312.03732: rank-stabilised.
  const divisor = (rank: number) => (config.use_rslora === true ? Math.sqrt(rank) : rank);
  const name = config.base_model_name_or_path;
  return {
    rankOf,
    scaleOf: (module) => alphaOf(module) / divisor(rankOf(module)),
    baseName: typeof name === 'string' && name !== '' ? shownName(name) : undefined,
    hasMagnitudes: config.use_dora === true,
    hasShifts: config.lora_bias === true,
  };
}

function refuseUnsupported(path: string, { peft_type: type, ...config }: JsonObject): void {
  if (type !== 'LORA') throw unsupported(path, `peft_type ${typeof type === 'string' ? shownName(type) : '?'}`);
  for (const [field, value] of Object.entries(config)) {
    if (READ.includes(field) || WITHOUT_EFFECT.includes(field) || isOff(value)) continue;
    if (field === 'bias' && value === 'none') continue;
    if ((field === 'use_dora' || field === 'lora_bias') && value === true) continue;
    if (field === 'init_lora_weights' && PLAIN_BEGINNINGS.includes(value)) continue;
    throw unsupported(path, shownName(typeof value === 'string' ? `${field} ${value}` : field));
  }
}

/** Nothing is asked for. */
function isOff(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isObject(value)) return Object.keys(value).length === 0;
  return value === null || value === false;
}

/** A number that some modules have of their own: that of the first pattern that their name ends with. */
function numberOf(
  path: string,
  config: JsonObject,
  field: string,
  patternField: string,
  check: (value: JsonValue | undefined) => number,
): (module: string) => number {
  const patterns = config[patternField] ?? {};
  if (!isObject(patterns)) throw unsupported(path, patternField);
  const own = Object.entries(patterns).map(([pattern, value]) => [moduleMatcher(path, pattern), check(value)] as const);
  const others = check(config[field]);
  return (module) => own.find(([matches]) => matches(module))?.[1] ?? others;
}

/** PEFT's `get_pattern_key`: a regex of the end of a name, from one of its parts on. */
function moduleMatcher(path: string, pattern: string): (module: string) => boolean {
  const bounded = <T>(work: () => T): T => {
    try {
      return work();
    } catch {
      throw unsupported(path, sentence`the pattern ${shownName(pattern)}`);
    }
  };
  const regex = bounded(() => new Regex(`^(?:.*\\.)?(?:${pattern})$`));
  return (module) => bounded(() => !regex.matches(unitsOfText(module), 0, module.length).next().done);
}
