import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A server on this machine that speaks what is needed of the hub's API, and of the one that it sends large files by. */
export interface FakeHub {
  endpoint: string;
  /** What was asked of the hub, in order. */
  asked: Asked[];
  /** What was asked of the other server. */
  askedElsewhere: Asked[];
}

export interface Asked {
  path: string;
  range: string | undefined;
  authorization: string | undefined;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface FakeModel {
  name: string;
  files: Record<string, Buffer>;
  /** Beside its name and its state. */
  info?: object;
  /** Large files are sent by another server, as the hub does. */
  large?: RegExp;
  /** Of the list of files, instead of what it would be. */
  list?: unknown[];
  /** Files a page of that list. */
  page?: number;
  /** Answers in the place of the server, where it returns true: to a path, for the time that this is asked. */
  instead?: (request: IncomingMessage, response: ServerResponse, times: number) => boolean;
  /** Sends a file, in the place of the server. */
  send?: (content: Buffer, start: number, response: ServerResponse, times: number) => void;
}

export const REVISION = '0123456789abcdef0123456789abcdef01234567';

export const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');
const gitSha1 = (content: Buffer) =>
  createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');

/** Bytes that do not repeat. */
export function noise(bytes: number): Buffer {
  let state = 1;
  const next = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state;
  };
  return Buffer.from(Uint8Array.from({ length: bytes }, next));
}

/** Starts it; it ends with the test, or by `close` where there is none. */
export async function startFakeHub(model: FakeModel): Promise<FakeHub> {
  const hub = await openFakeHub(model);
  onTestFinished(hub.close);
  return hub;
}

export async function openFakeHub(model: FakeModel): Promise<FakeHub & { close: () => void }> {
  const asked: Asked[] = [];
  const askedElsewhere: Asked[] = [];
  const elsewhere = await listen(recorded(askedElsewhere, contentOf(model, '/')));
  const own = await listen(
    recorded(asked, (request, response) => answer(model, asked, elsewhere.url, request, response)),
  );
  const close = () => {
    for (const { server } of [own, elsewhere]) {
      server.closeAllConnections();
      server.close();
    }
  };
  return { endpoint: own.url, asked, askedElsewhere, close };
}

function answer(
  model: FakeModel,
  asked: Asked[],
  elsewhere: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const url = new URL(request.url ?? '', 'http://hub');
  const times = asked.filter(({ path }) => path === request.url).length;
  const files = `/${model.name}/resolve/${REVISION}/`;
  if (model.instead?.(request, response, times)) return;
  if (url.pathname === `/api/models/${model.name}/revision/main`) {
    json(response, {
      _id: 'id',
      id: model.name,
      sha: REVISION,
      gated: false,
      lastModified: '2026-01-01',
      ...model.info,
    });
  } else if (url.pathname === `/api/models/${model.name}/tree/${REVISION}`) {
    sendList(model, url, request.headers.host ?? '', response);
  } else if (!url.pathname.startsWith(files)) {
    refuse(response, 404, 'RepoNotFound');
  } else if (model.large?.test(url.pathname)) {
    const path = url.pathname.slice(files.length);
    response.writeHead(302, { location: `${elsewhere}/${path}?signature=1` }).end();
  } else {
    contentOf(model, files)(request, response);
  }
}

/** A page of the list of files, and where the next one is. */
function sendList(model: FakeModel, { pathname, searchParams }: URL, host: string, response: ServerResponse): void {
  const entries = model.list ?? entriesOf(model);
  const start = Number(searchParams.get('cursor') ?? 0);
  const end = start + (model.page ?? entries.length);
  searchParams.set('cursor', `${end}`);
  if (end < entries.length) response.setHeader('link', `<http://${host}${pathname}?${searchParams}>; rel="next"`);
  json(response, entries.slice(start, end));
}

/** Answers with the files of a model, or the part of them that is asked for. */
function contentOf(model: FakeModel, prefix: string): Answer {
  const sent = new Map<string, number>();
  return (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '', 'http://hub').pathname).slice(prefix.length);
    const content = model.files[path];
    const times = (sent.get(path) ?? 0) + 1;
    sent.set(path, times);
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    if (!content) refuse(response, 404, 'EntryNotFound');
    else (model.send ?? send)(content, start, response, times);
  };
}

export function send(content: Buffer, start: number, response: ServerResponse): void {
  writeRangeHead(content, start, response);
  response.end(content.subarray(start));
}

export function writeRangeHead(content: Buffer, start: number, response: ServerResponse): void {
  response.writeHead(206, {
    'content-range': `bytes ${start}-${content.length - 1}/${content.length}`,
    'content-length': content.length - start,
  });
}

export function entriesOf({ files, large }: FakeModel): unknown[] {
  return Object.entries(files).map(([path, content]) => ({
    type: 'file',
    path,
    size: content.length,
    oid: gitSha1(content),
    ...(large?.test(path) ? { lfs: { oid: sha256(content), size: content.length, pointerSize: 133 } } : {}),
  }));
}

export function refuse(response: ServerResponse, status: number, code?: string): void {
  if (code) response.setHeader('x-error-code', code);
  response.writeHead(status, { 'content-type': 'text/html' }).end('<html>no</html>');
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

function recorded(list: Asked[], answer: Answer): Answer {
  return (request, response) => {
    const { range, authorization } = request.headers;
    list.push({ path: request.url ?? '', range, authorization });
    answer(request, response);
  };
}

async function listen(answer: Answer): Promise<{ server: Server; url: string }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
