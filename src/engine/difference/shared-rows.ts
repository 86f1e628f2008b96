import { connect, type Socket } from 'node:net';
import * as v from 'valibot';
import type { DistributionShare } from '../../shared/difference-api';
import { sentence, VitrineError } from '../../shared/errors';
import { failureSchema } from '../failures';
import { FRAME, type FrameKind, FrameReader, jsonFrame, jsonOf } from './frames';
import { type LogitRows, Rooms } from './logit-rows';
import { sharedText } from './share-messages';

/** What is read of the socket at a time. */
const PIECE_BYTES = 2 ** 18;
/** A text of so many tokens that its description is longer is none that a model reads. */
const LONGEST_JSON = 256e6;

/** What is waited for: a frame of a kind, and where its bytes go. */
interface Waiting {
  kind: FrameKind;
  room(bytes: number): Uint8Array;
  resolve(bytes: Uint8Array): void;
  reject(error: unknown): void;
}

/** What another engine says of a text that it has read. */
export interface SharedRows extends LogitRows {
  close(): void;
}

/**
 * @throws VitrineError `share.gone` where the other engine is not there or ends, `share.refused` where it does not know the
 * key, `share.trace` where it no longer keeps the text, `share.answer` where it says what makes no sense; AbortError
 */
export async function openSharedRows(
  { address, key }: DistributionShare,
  trace: number,
  signal: AbortSignal,
): Promise<SharedRows> {
  signal.throwIfAborted();
  const line = new Line(address);
  const abort = () => line.close(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  const close = () => {
    signal.removeEventListener('abort', abort);
    line.close(gone());
  };
  try {
    const answered = await line.ask({ key, trace }, FRAME.json, jsonRoom);
    return { ...textOf(line, answered), close };
  } catch (error) {
    close();
    throw error;
  }
}

function textOf(line: Line, answered: Uint8Array): LogitRows {
  const { vocabSize, ids, texts } = parsed(sharedText, answered);
  const rooms = new Rooms();
  return {
    vocabSize,
    ids: Uint32Array.from(ids),
    textOf: (id) => texts[id] ?? '',
    rows: async (positions) => {
      const room = rooms.next(positions.length * vocabSize);
      await line.ask({ positions: [...positions] }, FRAME.floats, (bytes) => {
        if (bytes !== room.byteLength) throw unreadable();
        return new Uint8Array(room.buffer, room.byteOffset, room.byteLength);
      });
      return room;
    },
  };
}

/** One question at a time to another engine. */
class Line {
  readonly #socket: Socket;
  #waiting: Waiting | undefined;
  #ended: unknown;

  constructor(address: string) {
    const reader = new FrameReader({
      room: (kind, bytes) => this.#roomFor(kind, bytes),
      take: (kind, bytes) => this.#take(kind, bytes),
    });
    const buffer = Buffer.allocUnsafe(PIECE_BYTES);
    const callback = (count: number) => {
      try {
        reader.push(buffer.subarray(0, count));
      } catch (error) {
        this.close(error);
      }
      return true;
    };
    this.#socket = connect({ path: address, onread: { buffer, callback } });
    this.#socket.on('error', (error) => this.close(gone(error)));
    this.#socket.on('close', () => this.close(gone()));
  }

  /** Ends it, and what waits with the reason. */
  close(reason: unknown): void {
    this.#ended ??= reason;
    this.#socket.destroy();
    this.#waiting?.reject(this.#ended);
    this.#waiting = undefined;
  }

  ask(question: object, kind: FrameKind, room: Waiting['room']): Promise<Uint8Array> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      this.#waiting = { kind, room, resolve, reject };
      this.#socket.write(jsonFrame(FRAME.json, question));
    });
  }

  #roomFor(kind: number, bytes: number): Uint8Array {
    if (kind === FRAME.failure) return jsonRoom(bytes);
    if (!this.#waiting || kind !== this.#waiting.kind) throw unreadable();
    return this.#waiting.room(bytes);
  }

  #take(kind: number, bytes: Uint8Array): void {
    if (kind === FRAME.failure) {
      const { code, text } = parsed(failureSchema, bytes);
      throw new VitrineError(code, text);
    }
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve(bytes);
  }
}

function jsonRoom(bytes: number): Uint8Array {
  if (bytes > LONGEST_JSON) throw unreadable();
  return new Uint8Array(bytes);
}

function parsed<S extends v.GenericSchema>(schema: S, bytes: Uint8Array): v.InferOutput<S> {
  try {
    return v.parse(schema, jsonOf(bytes));
  } catch (error) {
    throw unreadable(error);
  }
}

const gone = (cause?: unknown): VitrineError =>
  new VitrineError('share.gone', sentence`The engine of the other model has ended. Compare again; it starts anew.`, {
    cause,
  });

const unreadable = (cause?: unknown): VitrineError =>
  new VitrineError(
    'share.answer',
    sentence`The engine of the other model answered what cannot be read. Compare again; where it goes on, restart the engine.`,
    { cause },
  );
