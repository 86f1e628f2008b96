import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** A proxy on this machine. */
export interface TestProxy {
  url: string;
  /** HOST:PORT of each tunnel that was asked for. */
  reached: string[];
  close: () => void;
}

/** A name that nobody knows but such a proxy. */
export const HIDDEN = 'http://hub.test';

/** Starts a proxy. @param to the server that has the hidden name */
export async function openProxy(to: string): Promise<TestProxy> {
  const reached: string[] = [];
  const proxy = createServer();
  proxy.on('connect', ({ url = '' }, socket: Socket) => {
    reached.push(url);
    const { hostname, port } = new URL(url === 'hub.test:80' ? to : `http://${url}`);
    const onward = connect(Number(port), hostname, () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    for (const end of [socket, onward]) end.on('error', () => {});
    socket.pipe(onward).pipe(socket);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  return { url, reached, close: () => void proxy.close() };
}
