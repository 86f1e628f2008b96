import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Engine } from '../../src/engine/client';
import type { Tokenizer } from '../../src/tokenizer';
import { numbersOf } from '../../test/support/model-numbers';
import { vllmAnswer } from '../../test/support/served-answers';

/** A server in the shapes of vLLM, with an engine's numbers. What it was asked once it knows, and answers at once. */
export interface KnownServer {
  address: string;
  close(): void;
}

export async function startKnownServer(engine: Engine, tokenizer: Tokenizer): Promise<KnownServer> {
  const numbers = numbersOf(() => engine);
  const known = new Map<string, Promise<Buffer>>();
  const answerTo = async (path: string, body: string): Promise<object> => {
    if (path === '/v1/models') return { data: [{ id: 'known', owned_by: 'vllm', max_model_len: 2048 }] };
    const asked = JSON.parse(body);
    if (path === '/tokenize') return { tokens: Array.from(tokenizer.encode(asked.prompt).ids) };
    return vllmAnswer(await numbers(asked.prompt), asked, tokenizer);
  };
  const server = createServer(async (request, response) => {
    const path = request.url ?? '';
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    if (path === '/info') return response.writeHead(404).end('{}');
    const body = Buffer.concat(chunks).toString();
    const bytes = known.get(path + body) ?? answerTo(path, body).then((answer) => Buffer.from(JSON.stringify(answer)));
    known.set(path + body, bytes);
    return response.writeHead(200, { 'content-type': 'application/json' }).end(await bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
