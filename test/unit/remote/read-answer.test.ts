import { describe, expect, it } from 'vitest';
import { protocolNamed } from '../../../src/remote/protocols';
import { readAnswer } from '../../../src/remote/read-answer';

/** What a server answers for the tokens 5 and 6, and the most probable one behind them. @param said of the 6 */
const vllm = (said: string, next = '{"token_id:7":-1}') =>
  `{"choices":[{"prompt_logprobs":[null,${said}],"prompt_token_ids":[5,6],"logprobs":{"top_logprobs":[${next}]}}]}`;
const entry = (id: string, logprob = '-3') => `{"6":{"logprob":-1,"rank":1},"${id}":{"logprob":${logprob},"rank":2}}`;
const sglang = (top: string, id = '6') =>
  `{"meta_info":{"input_token_logprobs":[[null,5],[-1,${id}]],"input_top_logprobs":[null,[[-1,6],${top}]]}}`;

function read(protocol: string, answer: string) {
  const request = { model: 'm', ids: Uint32Array.of(5, 6), text: '', topK: 2, temperature: 1, knownUpTo: 0 };
  expect(protocolNamed(protocol).name).toBe(protocol);
  return readAnswer({ host: 'h', protocol, request, signedAs: ['m'], bytes: new TextEncoder().encode(answer) });
}

it.each([
  ['vLLM', vllm(entry('9'))],
  ['SGLang', sglang('[-3,9]')],
])('an answer of %s is read', (protocol, answer) => {
  const { logprob, rank, topIdsAfter } = read(protocol, answer).predictions;
  expect([logprob[1], rank[1], ...topIdsAfter.subarray(0, 2)]).toEqual([-1, 0, 6, 9]);
});

describe('an answer that no model server would send', () => {
  it.each([
    ['vLLM', 'an id that is too large', 'nonsense', vllm(entry('4294967302'))],
    ['vLLM', 'an id below 0', 'nonsense', vllm(entry('-1'))],
    ['vLLM', 'a part of an id', 'nonsense', vllm(entry('9.5'))],
    ['vLLM', 'no id', 'nonsense', vllm(entry('__proto__'))],
    ['vLLM', 'an id that is too large behind the text', 'nonsense', vllm(entry('9'), '{"token_id:4294967302":-1}')],
    ['vLLM', 'a number without an end', 'value', vllm(entry('9', '-1e999'))],
    ['vLLM', 'no logarithm behind the text', 'value', vllm(entry('9'), '{"token_id:7":0.5}')],
    ['vLLM', 'too much behind the text', 'sum', vllm(entry('9'), '{"token_id:7":-0.1,"token_id:8":-0.1}')],
    ['vLLM', 'lists in lists', 'nonsense', '['.repeat(1e6) + ']'.repeat(1e6)],
    ['vLLM', 'nothing', 'nonsense', ''],
    ['SGLang', 'an id that is too large', 'nonsense', sglang('[-3,4294967302]')],
    ['SGLang', 'a part of an id', 'nonsense', sglang('[-3,9.5]')],
  ])('%s: %s', (protocol, _, code, answer) => {
    expect(() => read(protocol, answer)).toThrow(expect.objectContaining({ code: `server.${code}` }));
  });
});
