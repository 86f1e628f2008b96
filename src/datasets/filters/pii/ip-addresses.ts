import type { Span } from '../../../shared/filters-api';

const BYTE = '(?:25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)';
const ADDRESS = new RegExp(`(?:${BYTE}\\.){3}${BYTE}`, 'g');

/** Networks of IPv4 that nobody is reached by (IANA's registry of special-purpose addresses), with how many bits name them. */
const NETWORKS: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['240.0.0.0', 4],
];
const REACHED_WITHIN = new Set(['192.0.0.9', '192.0.0.10']);

/** Public IPv4 addresses as datatrove finds them: not those of private networks, nor those with a zero in front of a number. */
export function ipAddresses(text: string): Span[] {
  return [...text.matchAll(ADDRESS)]
    .filter(([address]) => isPublic(address))
    .map(({ 0: address, index }) => ({ start: index, end: index + address.length }));
}

/** As `ipaddress.is_global` of Python 3.13 says. */
export function isPublic(address: string): boolean {
  if (/(?:^|\.)0\d/.test(address)) return false;
  if (REACHED_WITHIN.has(address)) return true;
  return !NETWORKS.some(([network, bits]) => numberOf(address) >>> (32 - bits) === numberOf(network) >>> (32 - bits));
}

const numberOf = (address: string): number =>
  address.split('.').reduce((number, byte) => ((number << 8) | Number(byte)) >>> 0, 0);
