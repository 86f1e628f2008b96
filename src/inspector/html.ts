import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { escapeHtml } from '../display/escape-html';
import { provenanceLines, provenanceOf } from '../recording/provenance';
import { RECORDING_ID, type Recording } from '../recording/recording';
import { toWire } from '../shared/wire';
import { readBeginning } from './beginning';

/** Says in a page who has written it. */
export const GENERATOR = '<meta name="generator" content="Vitrine">';
/** It stands near the beginning, before all that is long. */
const BEGINNING_BYTES = 4096;
/** What a browser would take for the end of the script, or for the beginning of a comment in it. */
const UNSAFE = /[<\u2028\u2029]/g;

/** The whole inspector with a recording as one page, which loads nothing and asks nobody. */
export function inspectorHtml(recording: Recording, parts: PageParts): string {
  const script = safeScript(parts.script);
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    // Controls begin with a style sheet that is empty.
    `style-src ${hashOf(parts.styles)} ${hashOf('')}`,
    'img-src data: blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return `<!DOCTYPE html>
<html lang="${escapeHtml(recording.language)}">
  <head>
    <meta charset="utf-8">
    ${GENERATOR}
    <meta name="description" content="${escapeHtml(originOf(recording))}">
    <meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}">
    <meta name="viewport" content="width=device-width">
    <title>${escapeHtml(titleOf(recording))}</title>
    <style>${parts.styles}</style>
  </head>
  <body>
    <script type="application/json" id="${RECORDING_ID}">${recordingJson(recording)}</script>
    <script>${script}</script>
  </body>
</html>
`;
}

/** What its numbers come from. */
function originOf({ state: { model, ablated, steering, comparison } }: Recording): string {
  return provenanceLines(provenanceOf(model, ablated, steering, comparison)).join('; ');
}

function titleOf({ state: { subject, model } }: Recording): string {
  return [subject?.title, model?.name, 'Vitrine'].filter(Boolean).join(' · ');
}

/** In strings and expressions, which is where a script has these, the same in other letters. */
function safeScript(script: string): string {
  return script.replaceAll('<!--', '\\x3c!--').replace(/<(\/?)script/gi, '\\x3c$1script');
}

const hashOf = (content: string) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`;

/** Whether a file is a page of `inspectorHtml`, or empty: then nothing is lost with it. */
export async function isInspectorPage(path: string): Promise<boolean> {
  const beginning = await readBeginning(path, BEGINNING_BYTES);
  return beginning !== undefined && (beginning.length === 0 || beginning.includes(GENERATOR));
}

/** What the inspector's page is made of, as it is built. */
interface PageParts {
  script: string;
  styles: string;
}

/** @param folder of the webviews' bundle */
export async function readPageParts(folder: string): Promise<PageParts> {
  const read = (name: string) => readFile(join(folder, name), 'utf8');
  const [script, ...styles] = await Promise.all(['inspector.js', 'page.css', 'standalone.css'].map(read));
  return { script: withoutMap(script ?? ''), styles: styles.map(withoutMap).join('\n') };
}

/** A file that stands alone has no map of sources beside it. */
const withoutMap = (source: string) => source.replace(/\s*(\/\/|\/\*)# sourceMappingURL=.*$/, '');

/**
 * A recording as JSON that can stand in a script of a page. Typed arrays go as their name and their bytes in base64, in
 * the order that all machines of browsers have: the lowest byte first.
 */
function recordingJson(recording: Recording): string {
  return JSON.stringify(toWire(recording), pack).replace(
    UNSAFE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function pack(_key: string, value: unknown): unknown {
  if (!ArrayBuffer.isView(value)) return value;
  const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return { $array: value.constructor.name, base64: bytes.toString('base64') };
}
