import { createBirpc } from 'birpc';
import type { InspectorEvents, InspectorHost } from '../src/shared/inspector-api';
import { fromWire, toWire } from '../src/shared/wire';
import type { Port } from './ports';

/** The host at the other end. Calls take as long as they take: views show progress and can cancel. */
export function connect(port: Port, events: InspectorEvents): InspectorHost {
  return createBirpc<InspectorHost, InspectorEvents>(events, {
    post: (message) => port.post(message),
    on: (receive) => port.onMessage(receive),
    serialize: toWire,
    deserialize: fromWire,
    timeout: -1,
  });
}
