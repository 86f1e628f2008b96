import { type Sentence, sentence } from '../../shared/errors';

/**
 * What is known of families that no file here implements, by their names in GGUF files and in `config.json`; undefined of
 * other families.
 */
export function reasonOf(architecture: string): Sentence | undefined {
  return REASONS.find(({ names }) => names.includes(architecture))?.reason;
}

const REASONS: readonly { names: readonly string[]; reason: Sentence }[] = [
  {
    names: ['deepseek2', 'deepseek_v2', 'deepseek_v3', 'kimi_k2', 'minicpm3', 'plm'],
    reason: sentence`its heads share compressed keys and values (multi-head latent attention)`,
  },
  {
    names: ['mamba', 'mamba2', 'falcon_mamba', 'rwkv', 'rwkv6', 'rwkv7', 'rwkv6qwen2', 'arwkv7'],
    reason: sentence`it has no attention: it carries a state from token to token`,
  },
  {
    names: [
      ...['jamba', 'falcon-h1', 'falcon_h1', 'granitehybrid', 'granitemoehybrid', 'nemotron_h', 'zamba2'],
      ...['lfm2', 'lfm2moe', 'lfm2_moe', 'recurrent_gemma', 'bamba', 'plamo2', 'kimi-linear'],
    ],
    reason: sentence`some of its layers have no attention: they carry a state from token to token`,
  },
  {
    names: ['qwen35moe', 'qwen3_5_moe', 'qwen3_5_moe_text', 'qwen3next', 'qwen3_next'],
    reason: sentence`one of its experts sees every token, beside those that are chosen`,
  },
  {
    names: ['t5', 'mt5', 'umt5', 't5gemma', 'bart', 'mbart', 'm2m_100', 'marian', 'pegasus', 'whisper'],
    reason: sentence`one half of it reads a text and the other writes one`,
  },
  {
    names: [
      ...['bert', 'roberta', 'xlm-roberta', 'distilbert', 'albert', 'electra', 'deberta', 'deberta-v2', 'modernbert'],
      ...['modern-bert', 'nomic-bert', 'nomic_bert', 'nomic-bert-moe', 'jina-bert-v2', 't5encoder', 'gemma-embedding'],
    ],
    reason: sentence`its tokens see those after them too, so it predicts no next token`,
  },
  {
    names: [
      ...['clip', 'clip_text_model', 'clip_vision_model', 'siglip', 'siglip_text_model', 'siglip_vision_model', 'vit'],
      ...['dinov2', 'mmproj', 'wav2vec2'],
    ],
    reason: sentence`it is no model of language`,
  },
  {
    names: [
      ...['qwen2vl', 'qwen25vl', 'qwen3vl', 'qwen3vlmoe', 'qwen2_vl', 'qwen2_vl_text', 'qwen2_5_vl', 'qwen2_5_vl_text'],
      ...['qwen3_vl', 'qwen3_vl_text', 'qwen3_vl_moe', 'qwen3_vl_moe_text', 'mllama', 'mllama_text_model'],
    ],
    reason: sentence`it also sees images, and the part of it that reads text has layers of its own kind`,
  },
  {
    names: ['bloom', 'mpt', 'falcon', 'baichuan', 'refact', 'jais'],
    reason: sentence`it may bias attention by distance (ALiBi)`,
  },
  {
    names: ['llama4', 'llama4_text'],
    reason: sentence`some of its layers attend in chunks, with scores that depend on the position`,
  },
];
