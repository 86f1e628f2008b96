import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import * as v from 'valibot';
import type { DistributionShare } from '../../shared/difference-api';
import { sentence, VitrineError } from '../../shared/errors';
import { failureOf } from '../failures';
import { checkPosition } from '../ranges';
import { FRAME, FrameReader, frameHeader, jsonFrame, jsonOf } from './frames';
import type { LogitRows } from './logit-rows';
import { newShareAddress } from './share-address';
import { askedRows, hello, type sharedText } from './share-messages';

/** What a frame may have: positions of the largest block of rows. */
const LONGEST_FRAME = 1e6;
/** Of the first, before anyone is known. */
const LONGEST_HELLO = 1000;

/** Finds a text that was read here. @throws VitrineError `trace.gone`, `engine.noModel` */
type OpenText = (trace: number) => LogitRows;

/** Opens a place where other engines of this machine may ask for distributions of what was read here. */
export async function shareRows(open: OpenText): Promise<DistributionShare> {
  const key = randomBytes(32).toString('hex');
  const server = createServer((socket) => serve(socket, key, open));
  const address = newShareAddress();
  server.listen(address);
  await once(server, 'listening');
  server.unref();
  return { address, key };
}

/** Answers one who asks, one request after another: what is not yet taken keeps the next from being computed. */
function serve(socket: Socket, key: string, open: OpenText): void {
  let text: LogitRows | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const answer = async (bytes: Uint8Array) => {
    if (text) return sendRows(socket, await rowsOf(text, jsonOf(bytes)));
    const asked = v.parse(hello, jsonOf(bytes));
    if (!isSame(asked.key, key)) throw refused();
    text = open(asked.trace);
    socket.write(jsonFrame(FRAME.json, describe(text)));
  };
  const fail = (error: unknown) => socket.end(jsonFrame(FRAME.failure, failureOf(told(error))));
  const reader = new FrameReader({
    room: (_, length) => {
      if (length > (text ? LONGEST_FRAME : LONGEST_HELLO)) throw refused();
      return new Uint8Array(length);
    },
    take: (_, bytes) => {
      last = last.then(() => answer(bytes)).catch(fail);
    },
  });
  socket.on('data', (piece) => {
    try {
      reader.push(piece);
    } catch (error) {
      fail(error);
    }
  });
  // Whoever asked is gone: nothing is owed.
  socket.on('error', () => socket.destroy());
}

function rowsOf(text: LogitRows, message: unknown): Promise<Float32Array> {
  const { positions } = v.parse(askedRows, message);
  for (const position of positions) checkPosition(text, position);
  return text.rows(Uint32Array.from(positions));
}

/** Done when they are taken: their place is then free for others. */
async function sendRows(socket: Socket, rows: Float32Array): Promise<void> {
  const bytes = new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength);
  socket.write(frameHeader(FRAME.floats, bytes.length));
  await new Promise<void>((resolve, reject) => {
    socket.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}

function describe(text: LogitRows): v.InferInput<typeof sharedText> {
  const ids = [...text.ids];
  return {
    vocabSize: text.vocabSize,
    ids,
    texts: Object.fromEntries([...new Set(ids)].map((id) => [id, text.textOf(id)])),
  };
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const refused = (): VitrineError =>
  new VitrineError(
    'share.refused',
    sentence`The engine of the other model does not know who asks. Start the comparison again.`,
  );

/** What went wrong, as the one says it who asked: what is gone here is not that one's own. */
function told(error: unknown): unknown {
  if (error instanceof VitrineError && ['trace.gone', 'engine.noModel'].includes(error.code)) {
    return new VitrineError(
      'share.trace',
      sentence`What the other model computed for this text is no longer kept. Run it again.`,
    );
  }
  return error instanceof VitrineError ? error : refused();
}
