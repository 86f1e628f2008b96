import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A tiny random model that reads 256 tokens at most. */
const MODEL = 'test/fixtures/architectures/llama-biases/hf';

/** Writes a model with a chat template, or without one, into a folder. @returns its path */
export function writeTinyChatModel(folder: string, name: string, template?: string): string {
  const path = join(folder, name);
  cpSync(MODEL, path, { recursive: true });
  if (template !== undefined) writeFileSync(join(path, 'chat_template.jinja'), template);
  return path;
}

/** A template of those that transformers' renderings are known of. */
export function publishedTemplate(name: string): string {
  const file = gunzipSync(readFileSync('test/fixtures/chat-templates/chat-templates.json.gz')).toString();
  const { templates } = JSON.parse(file) as { templates: { name: string; template: string }[] };
  return templates.find((template) => template.name === name)?.template ?? '';
}
