import { watchOthers } from './others';

/** A part of the cores that others may take without spoiling a timed run. */
const TOLERATED_SHARE = 0.1;

/** Runs one thing and says how many seconds it took, by a clock as near to it as there is. */
export type Side = () => Promise<number>;

/** Times what it is given, and notices when other processes had a part of the machine meanwhile. */
export class Watch {
  #runs = 0;
  #disturbed = 0;

  /** Runs every side in turn, several times over, and gives each side's shortest time in seconds. */
  async fastest<Name extends string>(
    rounds: number,
    sides: Partial<Record<Name, Side>>,
  ): Promise<Partial<Record<Name, number>>> {
    const fastest: Partial<Record<Name, number>> = {};
    for (let round = 0; round < rounds; round++) {
      for (const name in sides) {
        const side = sides[name];
        if (side) fastest[name] = Math.min(fastest[name] ?? Number.POSITIVE_INFINITY, await this.time(name, side));
      }
    }
    return fastest;
  }

  /** Runs one side once. */
  async time(name: string, side: Side): Promise<number> {
    const othersShare = watchOthers();
    const seconds = await side();
    const share = othersShare();
    this.#runs++;
    if (share > TOLERATED_SHARE) this.#disturbed++;
    const others = share > TOLERATED_SHARE ? ` (others took ${Math.round(100 * share)} % of the cores)` : '';
    console.error(`  ${name}: ${seconds.toFixed(3)} s${others}`);
    return seconds;
  }

  /** A sentence where the times cannot be trusted. */
  get warning(): string | undefined {
    if (this.#disturbed === 0) return undefined;
    const share = `${100 * TOLERATED_SHARE} % of the cores`;
    return `Warning: other processes took more than ${share} in ${this.#disturbed} of ${this.#runs} timed runs. Repeat it on a quiet machine.`;
  }
}
