import { completions } from './completions';
import type { Protocol } from './protocol';
import { sglang } from './sglang';
import { tgi } from './tgi';
import { vllm } from './vllm';

const PROTOCOLS: readonly Protocol[] = [vllm, sglang, tgi, completions];

/** A protocol by its name, which a thread can be told. */
export function protocolNamed(name: string): Protocol {
  const protocol = PROTOCOLS.find((one) => one.name === name);
  if (!protocol) throw new Error(`no protocol is called ${name}`);
  return protocol;
}
