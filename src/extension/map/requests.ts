import * as v from 'valibot';
import type { MapHost } from '../../shared/map-api';
import { index } from '../../shared/request-fields';
import { LINE_KINDS } from '../../shared/workspace-api';
import { checkedMethodOf, type PageMethod } from '../checked-method';

const path = v.string();
const view = v.object({ kinds: v.array(v.picklist(LINE_KINDS)), withoutNewNames: v.boolean() });

/** What a page may ask, argument by argument. */
const schemas = {
  start: [],
  setScanning: [v.boolean()],
  endScan: [],
  mostSurprisingLine: [v.object({ path, view })],
  symbols: [v.object({ path })],
  readNext: [v.object({ path })],
  open: [v.object({ path, line: index })],
  save: [v.object({ name: v.string(), content: v.string() })],
} satisfies Record<keyof MapHost, v.GenericSchema[]>;

/** What a page may call; undefined for anything else. */
export const checkedMethod = (host: MapHost, name: string): PageMethod | undefined =>
  checkedMethodOf(schemas, host, name);
