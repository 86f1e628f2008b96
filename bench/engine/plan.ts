/** How much is measured. */
export interface Plan {
  /** Tokens of the forward passes, and how often each side reads them. */
  forward: { tokens: number; rounds: number }[];
  /** Tokens of the texts whose memory is measured. */
  memory: number[];
  edit: { tokens: number; rounds: number };
  heads: { tokens: number; count: number };
  ablations: { tokens: number; rounds: number }[];
  /** `atMost`: the aim, in seconds. */
  why: { tokens: number; rounds: number; atMost: number }[];
  /** Starts of a fresh process; `slow` where one takes long. */
  ready: { rounds: number; slow: number };
}

export const FULL: Plan = {
  forward: [
    { tokens: 128, rounds: 12 },
    { tokens: 512, rounds: 8 },
    { tokens: 2048, rounds: 5 },
    { tokens: 4096, rounds: 4 },
  ],
  memory: [512, 1024, 2048, 4096],
  edit: { tokens: 2000, rounds: 4 },
  heads: { tokens: 4096, count: 15 },
  ablations: [
    { tokens: 10, rounds: 5 },
    { tokens: 128, rounds: 2 },
    { tokens: 512, rounds: 1 },
  ],
  why: [
    { tokens: 512, rounds: 5, atMost: 0.15 },
    { tokens: 2048, rounds: 3, atMost: 0.5 },
  ],
  ready: { rounds: 5, slow: 2 },
};

/** A look in a minute or two; most aims are about longer texts. */
export const QUICK: Plan = {
  forward: [
    { tokens: 128, rounds: 5 },
    { tokens: 512, rounds: 3 },
  ],
  memory: [128, 512],
  edit: { tokens: 512, rounds: 2 },
  heads: { tokens: 512, count: 5 },
  ablations: [{ tokens: 10, rounds: 3 }],
  why: [{ tokens: 512, rounds: 3, atMost: 0.15 }],
  ready: { rounds: 2, slow: 1 },
};
