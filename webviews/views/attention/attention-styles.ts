import { css } from 'lit';
import { base } from '../../kit/styles';

/** The heads beside the picture, and what is known of them beside both where there is room, and below where there is not. */
export const attentionStyles = [
  base,
  css`
    :host { display: block; container-type: inline-size; }
    .failure { padding: 8px 16px; border-bottom: 1px solid var(--line); }
    .panes { display: grid; grid-template-columns: minmax(100px, 28%) minmax(0, 1fr); gap: 16px 12px; padding: 8px 16px 24px; }
    .heads { min-width: 0; }
    .pointed { min-height: 1.5em; margin-top: 4px; }
    vt-attention-side { grid-column: 1 / -1; }
    @container (min-width: 480px) {
      .panes { grid-template-columns: minmax(140px, 28%) minmax(0, 1fr); gap: 16px; }
    }
    @container (min-width: 1080px) {
      .panes { grid-template-columns: minmax(200px, 300px) minmax(0, 1fr) 300px; gap: 32px; }
      vt-attention-side { grid-column: auto; }
    }
  `,
];
