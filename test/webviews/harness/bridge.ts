import { createBirpc } from 'birpc';
import type { Page } from 'playwright-core';
import type { InspectorEvents, InspectorHost } from '../../../src/shared/inspector-api';
import { fromWire, toWire } from '../../../src/shared/wire';

const TYPES: Record<string, new (buffer: ArrayBuffer) => ArrayBufferView> = {
  Uint8Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
};

/** Lets a page call a host. Before the page is loaded. @returns what the host can tell the page */
export async function bridge<Host extends object = InspectorHost, Events extends object = InspectorEvents>(
  page: Page,
  host: Host,
) {
  let receive: (message: unknown) => void = () => {};
  await page.exposeFunction('vitrineToHost', (text: string) => receive(JSON.parse(text, unpack)));
  return createBirpc<Events, Host>(host, {
    post: (message) => deliver(page, JSON.stringify(message, pack)),
    on: (listener) => {
      receive = listener;
    },
    bind: 'functions',
    serialize: toWire,
    deserialize: fromWire,
    timeout: -1,
  });
}

/** A page that is closed, or that loads anew, hears nothing. */
function deliver(page: Page, text: string): Promise<void> {
  return page
    .evaluate((text) => (globalThis as unknown as PageSide).vitrineFromHost(text), text)
    .catch((error: unknown) => {
      if (!page.isClosed() && !/context was destroyed|navigat/.test(String(error))) throw error;
    });
}

interface PageSide {
  vitrineFromHost(text: string): void;
}

function pack(_key: string, value: unknown): unknown {
  if (!ArrayBuffer.isView(value)) return value;
  const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return { $array: value.constructor.name, base64: bytes.toString('base64') };
}

function unpack(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('$array' in value) || !('base64' in value)) return value;
  const { buffer, byteOffset, byteLength } = Buffer.from(String(value.base64), 'base64');
  const Type = TYPES[String(value.$array)];
  if (!Type) throw new Error(`No array of type ${value.$array} crosses.`);
  return new Type(buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer);
}
