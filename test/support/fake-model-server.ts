import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Tokenizer } from '../../src/tokenizer';
import type { Alternative, Numbers } from './model-numbers';
import { echoAnswer, sglangAnswer, tgiAnswer, vllmAnswer, writtenAnswer } from './served-answers';

export type ServerKind = 'vllm' | 'sglang' | 'echo' | 'echoOfTexts' | 'tgi' | 'llama-server' | 'ollama';

/** A server on this machine that speaks as one of its kind, with a model's numbers. */
export interface FakeModelServer {
  address: string;
  /** What was asked of it, in order. */
  asked: { method: string; path: string; body: Asked | undefined; authorization: string | undefined }[];
  /** Requests whose connection was closed before they were answered. */
  cancelled: number;
}

/** Fields of every kind's requests. */
// biome-ignore lint/suspicious/noExplicitAny: what the client sends is looked at, not trusted
export type Asked = any;

export interface FakeOptions {
  kind: ServerKind;
  numbers: Numbers;
  tokenizer: Tokenizer;
  /** Changes an answer before it is sent. */
  // biome-ignore lint/suspicious/noExplicitAny: answers are broken in every way
  broken?: ((answer: any, asked: Asked) => unknown) | undefined;
  /** Answers in the place of the server, where it returns true. @param times how often that path was asked, this time among them */
  instead?: (request: IncomingMessage, response: ServerResponse, times: number) => boolean;
  model?: string;
  /** In tokens. */
  contextLength?: number;
}

const OWNER = {
  vllm: 'vllm',
  sglang: 'sglang',
  echo: 'somebody',
  echoOfTexts: 'somebody',
  tgi: 'somebody',
  'llama-server': 'llamacpp',
  ollama: 'library',
};

/** Starts it; it ends with the test. */
export async function startFakeModelServer(options: FakeOptions): Promise<FakeModelServer> {
  const fake = await openFakeModelServer(options);
  onTestFinished(fake.close);
  return fake;
}

/** Starts it; whoever does ends it. @param options may change while it runs */
export async function openFakeModelServer(
  options: FakeOptions,
  port = 0,
): Promise<FakeModelServer & { close(): void }> {
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  const fake = { address: '', asked: [], cancelled: 0, close };
  const server = createServer((request, response) => {
    response.on('close', () => {
      if (!response.writableEnded) fake.cancelled++;
    });
    void answer(options, fake, request, response).catch((error: unknown) =>
      sendJson(response, 500, { error: `${error}` }),
    );
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  fake.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return fake;
}

async function answer(options: FakeOptions, fake: FakeModelServer, request: IncomingMessage, response: ServerResponse) {
  const path = request.url ?? '';
  const body = await bodyOf(request);
  fake.asked.push({ method: request.method ?? '', path, body, authorization: request.headers.authorization });
  const times = fake.asked.filter((one) => one.path === path).length;
  if (options.instead?.(request, response, times)) return;
  const found = await contentOf(options, path, body);
  if (found === undefined) return sendJson(response, 404, { detail: 'Not Found' });
  const isAnswer = body !== undefined && !path.endsWith('tokenize');
  sendJson(response, 200, isAnswer && options.broken ? options.broken(found, body) : found);
}

/** What vocabularies of bytes call a token: each byte is a character, and those that cannot be seen are others, from U+0100 on. */
const byteName = (bytes: Uint8Array) => Array.from(bytes, (byte) => BYTE_CHARACTERS[byte]).join('');

const BYTE_CHARACTERS = (() => {
  let next = 0x100;
  const isSeen = (byte: number) => (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad);
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(isSeen(byte) ? byte : next++));
})();

/** Undefined where the kind has nothing there. */
async function contentOf(
  { kind, numbers, tokenizer, model = 'smollm2', contextLength = 2048 }: FakeOptions,
  path: string,
  body: Asked,
) {
  if (path === '/v1/models') {
    const card = { id: model, object: 'model', created: 1764000000, owned_by: OWNER[kind] };
    return kind === 'tgi'
      ? undefined
      : {
          object: 'list',
          data: [{ ...card, ...(kind === 'vllm' && { root: '/models/smollm2', max_model_len: contextLength }) }],
        };
  }
  if (path === '/info' && kind === 'tgi') return { model_id: model, max_total_tokens: contextLength, version: '3.3.5' };
  if (path === '/tokenize' && ['vllm', 'sglang'].includes(kind)) {
    const before = body.add_special_tokens ? tokenizer.begin : [];
    const tokens = [...before, ...tokenizer.encode(body.prompt, { special: true }).ids];
    const isNamed = kind === 'vllm' && body.return_token_strs === true;
    const token_strs = isNamed ? tokens.map((id) => byteName(tokenizer.tokenBytes(id))) : null;
    return { tokens, count: tokens.length, max_model_len: contextLength, token_strs };
  }
  if (path === '/detokenize' && kind === 'vllm') return { prompt: tokenizer.decode(body.tokens) };
  if (path === '/generate' && kind === 'sglang') return sglangAnswer(await numbers(body.input_ids), body);
  if (path === '/generate' && kind === 'tgi') {
    return tgiAnswer(await numbers([...tokenizer.begin, ...tokenizer.encode(body.inputs).ids]), tokenizer);
  }
  if (path !== '/v1/completions') return undefined;
  if (!body.echo && body.prompt_logprobs === undefined) {
    const ids = typeof body.prompt === 'string' ? Array.from(tokenizer.encode(body.prompt).ids) : body.prompt;
    return writtenAnswer(await written(numbers, ids, body.max_tokens), model, tokenizer, kind === 'vllm');
  }
  if (kind === 'vllm') return vllmAnswer(await numbers(body.prompt), body, tokenizer);
  if (kind === 'echo' || kind === 'echoOfTexts') {
    return echoAnswer(await numbers(body.prompt), body, tokenizer, kind === 'echo');
  }
  return undefined;
}

/** The most probable tokens, one after the other. */
async function written(numbers: Numbers, ids: number[], count: number): Promise<Alternative[]> {
  const tokens: Alternative[] = [];
  while (tokens.length < count) {
    const { next } = await numbers([...ids, ...tokens.map(([, id]) => id)]);
    tokens.push(next[0] as Alternative);
  }
  return tokens;
}

export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
}

async function bodyOf(request: IncomingMessage): Promise<Asked | undefined> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  return text ? JSON.parse(text) : undefined;
}
