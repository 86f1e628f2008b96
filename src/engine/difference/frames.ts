/*
 * What two engines say to each other over a socket, one frame after another: how many bytes follow, 32 bits; what they are,
 * 8 bits; and they. The machine is one, so numbers are as it has them.
 */

/** What a frame holds: a JSON value, float32 numbers, or a failure as JSON. */
export const FRAME = { json: 0, floats: 1, failure: 2 } as const;
export type FrameKind = (typeof FRAME)[keyof typeof FRAME];

const HEADER_BYTES = 5;

export function frameHeader(kind: FrameKind, bytes: number): Uint8Array {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(bytes);
  header[4] = kind;
  return header;
}

/** A frame of a JSON value. */
export function jsonFrame(kind: FrameKind, value: unknown): Uint8Array {
  const bytes = Buffer.from(JSON.stringify(value));
  return Buffer.concat([frameHeader(kind, bytes.length), bytes]);
}

export const jsonOf = (bytes: Uint8Array): unknown => JSON.parse(Buffer.from(bytes).toString('utf8'));

interface FrameUser {
  /** Where a frame's bytes are to go. It throws where none of this kind and length is expected. */
  room(kind: number, bytes: number): Uint8Array;
  /** Told when all of them are there. */
  take(kind: number, bytes: Uint8Array): void;
}

/** Puts frames together of what comes in, in pieces of any length. */
export class FrameReader {
  readonly #user: FrameUser;
  readonly #header = Buffer.alloc(HEADER_BYTES);
  #room: Uint8Array = this.#header;
  #filled = 0;
  #isHeader = true;

  constructor(user: FrameUser) {
    this.#user = user;
  }

  /** @throws what the user throws */
  push(piece: Uint8Array): void {
    for (let at = 0; at < piece.length; ) {
      const taken = Math.min(this.#room.length - this.#filled, piece.length - at);
      this.#room.set(piece.subarray(at, at + taken), this.#filled);
      this.#filled += taken;
      at += taken;
      if (this.#filled === this.#room.length) this.#end();
    }
  }

  #end(): void {
    const kind = this.#header[4] as number;
    const isHeader = this.#isHeader;
    const room = this.#room;
    this.#filled = 0;
    const length = this.#header.readUInt32LE();
    this.#isHeader = !isHeader;
    this.#room = isHeader ? this.#user.room(kind, length) : this.#header;
    if (!isHeader) this.#user.take(kind, room);
    else if (length === 0) this.#end();
  }
}
