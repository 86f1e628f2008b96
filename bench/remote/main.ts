/**
 * Time to colours of a text that a served model reads, beside the engine of this machine: how much of it the server takes, and
 * how much the client. One server knows its answers already; a real vLLM takes part where `VITRINE_VLLM` names one that serves
 * the same model.
 */
import { env } from 'onnxruntime-node';
import type { Engine } from '../../src/engine/client';
import { cacheFolder } from '../../src/model/cache/folder';
import { modelServer } from '../../src/remote/model-server';
import { startServedEngine } from '../../src/remote/start-served-engine';
import type { EngineApi } from '../../src/shared/requests';
import type { VocabularySpecification } from '../../src/shared/tokens';
import { readModel } from '../engine/model';
import { milliseconds, seconds, tokenCount } from '../engine/table';
import { Texts } from '../engine/texts';
import { withEngine } from '../engine/vitrine';
import { Watch } from '../engine/watch';
import { machine } from '../machine';
import { markdownTable } from '../markdown';
import { report } from '../report';
import { startKnownServer } from './known-server';
import { ServerClock } from './server-clock';

const LENGTHS = [300, 2000];
const ROUNDS = process.argv.includes('--quick') ? 2 : 7;
/** What the client may take beyond the server, of what the server takes. */
const SHARE = 0.1;

const vllm = process.env.VITRINE_VLLM;
const model = readModel();
const texts = new Texts(model.tokenizer);
const watch = new Watch();
const HEADINGS = ['', 'to colours', 'of it the server', 'the client', 'its processor time', 'of the server’s', 'aim'];
const rows: string[][] = [];

await withEngine({ model, cacheFolder: cacheFolder() }, async (engine) => {
  const vocabulary = async () => engine.vocabulary({});
  const known = await startKnownServer(engine, model.tokenizer);
  const server = async () => modelServer({ address: known.address, fetch });
  const { engine: other, model: connected } = startServedEngine({ server, vocabulary });
  await connected;
  for (const tokens of LENGTHS) {
    rows.push([`${tokenCount(tokens)}, the engine of this machine`, seconds(await timeLocal(engine, tokens))]);
    if (vllm) {
      const times = await timeServed({ address: vllm, vocabulary, tokens });
      rows.push([...cellsOf(times, `${tokenCount(tokens)}, vLLM`), ...shareOf(times)]);
    }
    // It knows the answer once another client has asked for it.
    const times = await timeServed({ address: known.address, vocabulary, tokens, first: (text) => read(other, text) });
    rows.push(cellsOf(times, `${tokenCount(tokens)}, a server that knows the answer`));
  }
  await other.stop();
  known.close();
});
report(
  'remote',
  markdownTable(
    [':-', '-:', '-:', '-:', '-:', '-:', ':-'],
    [HEADINGS, ...rows].map((row) => HEADINGS.map((_, column) => row[column] ?? '')),
  ),
  machine(`onnxruntime ${env.versions.node}`, ...(vllm ? [await versionOf(vllm)] : [])),
  ...(watch.warning ? [watch.warning] : []),
);

interface Timed {
  address: string;
  vocabulary: () => Promise<VocabularySpecification>;
  tokens: number;
  /** Before the text is read. */
  first?: (text: string) => Promise<void>;
}

/** In seconds. */
interface Times {
  whole: number;
  server: number;
  client: number;
  processor: number;
}

/** Of each the shortest of all rounds. */
async function timeServed({ address, vocabulary, tokens, first }: Timed): Promise<Times> {
  const clock = new ServerClock();
  const server = async () => modelServer({ address, fetch: clock.fetch });
  const { engine, model: connected } = startServedEngine({ server, vocabulary });
  await connected;
  const all: Times[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const text = texts.next(tokens);
    await first?.(text);
    clock.seconds = 0;
    const before = process.cpuUsage();
    // Not watched: the server is the other process that takes the cores.
    const whole = await timed(() => read(engine, text));
    console.error(`  ${address}: ${whole.toFixed(3)} s`);
    const { user, system } = process.cpuUsage(before);
    all.push({ whole, server: clock.seconds, client: whole - clock.seconds, processor: (user + system) / 1e6 });
  }
  await engine.stop();
  const fastest = (name: keyof Times) => Math.min(...all.map((times) => times[name]));
  return {
    whole: fastest('whole'),
    server: fastest('server'),
    client: fastest('client'),
    processor: fastest('processor'),
  };
}

function shareOf({ client, server }: Times): string[] {
  const share = client / server;
  return [`${(100 * share).toFixed(1)} %`, `under ${100 * SHARE} %: ${share < SHARE ? 'met' : 'missed'}`];
}

function cellsOf({ whole, server, client, processor }: Times, what: string): string[] {
  return [what, seconds(whole), seconds(server), milliseconds(client), milliseconds(processor)];
}

async function timeLocal(engine: Engine, tokens: number): Promise<number> {
  const { local } = await watch.fastest(ROUNDS, { local: () => timed(() => read(engine, texts.next(tokens))) });
  return local as number;
}

/** Until it is known of each token how probable it was and what else might have stood there: what colours and hovers take. */
async function read(engine: EngineApi, text: string): Promise<void> {
  const { trace, ids } = await engine.forward({ task: 0, text });
  await engine.predictions({ trace, from: 0, to: ids.length, topK: 5 });
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

async function versionOf(address: string): Promise<string> {
  const { version } = (await (await fetch(`${address}/version`)).json()) as { version: string };
  return `vLLM ${version}`;
}
