import { createBirpc } from 'birpc';
import { fromWire, toWire } from '../src/shared/wire';
import type { Port } from './ports';

/** The host at the other end. Calls take as long as they take: views show progress and can cancel. */
export function connect<Host extends object, Events extends object>(port: Port, events: Events) {
  return createBirpc<Host, Events>(events, {
    post: (message) => port.post(message),
    on: (receive) => port.onMessage(receive),
    serialize: toWire,
    deserialize: fromWire,
    timeout: -1,
  });
}
