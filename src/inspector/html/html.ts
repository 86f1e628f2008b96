import { createHash } from 'node:crypto';
import { RECORDING_ID, type Recording } from '../../recording/recording';
import { recordingJson } from './json';
import type { PageParts } from './page-parts';

/** Says in a page who has written it. */
export const GENERATOR = '<meta name="generator" content="Vitrine">';

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

function titleOf({ state: { subject, model } }: Recording): string {
  return [subject?.title, model?.name, 'Vitrine'].filter(Boolean).join(' · ');
}

/** In strings and expressions, which is where a script has these, the same in other letters. */
function safeScript(script: string): string {
  return script.replaceAll('<!--', '\\x3c!--').replace(/<(\/?)script/gi, '\\x3c$1script');
}

const hashOf = (content: string) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`;

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Halves of characters and controls have no place in a page. */
function escapeHtml(text: string): string {
  return text.replace(/\p{Cs}|\p{Cc}/gu, '\ufffd').replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}
