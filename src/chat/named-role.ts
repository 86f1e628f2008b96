import { roleNamed } from './roles';

/** Fields of JSON that say whose their text is. */
const ROLE_OF_FIELD = new Map([
  ['prompt', 'user'],
  ['completion', 'assistant'],
  ['chosen', 'assistant'],
  ['rejected', 'assistant'],
]);

/** Whether what stands before a content says whose it is, as `"role": "user"`, `"prompt"` and `## Usuario` do. */
export function isRoleNamed(before: string, role = ''): boolean {
  const words = before.toLowerCase().split(/[^\p{L}\p{N}_]+/u);
  return words.some((word) => [word, roleNamed(word), ROLE_OF_FIELD.get(word)].includes(role.toLowerCase()));
}
