import { unitsOfText } from './unicode/utf8';

interface AddedToken {
  id: number;
  units: Uint16Array;
  /** Recognised only where control tokens are; a user-defined token always is. */
  control: boolean;
}

/** Tokens that are looked for in the text before it is split: control tokens and user-defined ones. */
export class AddedTokens {
  /** By first unit, the longest first. */
  private readonly byFirstUnit = new Map<number, AddedToken[]>();
  private readonly firstUnits = new Uint8Array(0x10000);
  private hasUserDefined = false;
  /** UTF-16 units of the longest. */
  longest = 0;
  /** The token that `find` found last. */
  found = -1;
  private readonly byId = new Map<number, AddedToken>();

  add(id: number, text: string, control: boolean): void {
    const units = unitsOfText(text);
    const first = units[0];
    if (first === undefined) return;
    const token = { id, units, control };
    this.byId.set(id, token);
    this.longest = Math.max(this.longest, units.length);
    const tokens = this.byFirstUnit.get(first) ?? [];
    tokens.push(token);
    tokens.sort((a, b) => b.units.length - a.units.length);
    this.byFirstUnit.set(first, tokens);
    this.firstUnits[first] = 1;
    if (!control) this.hasUserDefined = true;
  }

  /** How many UTF-16 units an added token takes. */
  unitsOf(id: number): number {
    return this.byId.get(id)?.units.length ?? 0;
  }

  has(id: number): boolean {
    return this.byId.has(id);
  }

  isControl(id: number): boolean {
    return this.byId.get(id)?.control ?? false;
  }

  /**
   * The leftmost added token of `units[from, end)`, of several at one place the longest.
   * @returns where it starts, and its id in `found`; `end` where there is none
   */
  find(units: Uint16Array, from: number, end: number, control: boolean): number {
    if (!control && !this.hasUserDefined) return end;
    for (let at = from; at < end; at++) {
      const first = units[at] ?? 0;
      if (this.firstUnits[first] === 0) continue;
      const token = this.byFirstUnit
        .get(first)
        ?.find((candidate) => (control || !candidate.control) && startsWith(units, at, end, candidate.units));
      if (!token) continue;
      this.found = token.id;
      return at;
    }
    return end;
  }
}

function startsWith(units: Uint16Array, at: number, end: number, token: Uint16Array): boolean {
  if (at + token.length > end) return false;
  for (let i = 0; i < token.length; i++) if (units[at + i] !== token[i]) return false;
  return true;
}
