/** Names that files have for who speaks, in small letters, by the role that templates know. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  system: ['system', 'sistema'],
  user: ['user', 'human', 'usuario', 'usuaria', 'humano'],
  assistant: ['assistant', 'ai', 'gpt', 'chatgpt', 'bot', 'model', 'asistente', 'modelo'],
  tool: ['tool', 'herramienta'],
  developer: ['developer'],
};

const ROLES = new Map(Object.entries(NAMES).flatMap(([role, names]) => names.map((name) => [name, role])));

/** Roles that templates and OpenAI's `messages` know; others are up to the template. */
const KNOWN = new Set([...Object.keys(NAMES), 'function', 'ipython', 'model']);

/** Who speaks, by a name that a person has given; undefined where it is no role's. */
export function roleNamed(name: string): string | undefined {
  return ROLES.get(name.toLowerCase());
}

/** Names of all roles, for an expression. */
export const ROLE_NAMES = [...ROLES.keys()];

/** Whether templates commonly know a role. */
export function isKnownRole(role: string): boolean {
  return KNOWN.has(role);
}

/** Names of ShareGPT's `from`. */
const SHARE_GPT: Readonly<Record<string, string>> = {
  system: 'system',
  human: 'user',
  user: 'user',
  gpt: 'assistant',
  assistant: 'assistant',
  chatgpt: 'assistant',
  bing: 'assistant',
  bard: 'assistant',
  tool: 'tool',
  observation: 'tool',
};

export function roleOfShareGpt(from: string): string | undefined {
  return Object.hasOwn(SHARE_GPT, from) ? SHARE_GPT[from] : undefined;
}
