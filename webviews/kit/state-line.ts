import { css } from 'lit';

/** A line that says what something is at: a sentence, and beside it what can be done about it. */
export const stateLine = css`
  div { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; padding: 8px 16px; border-bottom: 1px solid var(--line); }
  p { flex: 1 1 24ch; }
  progress { width: 120px; }
  /* What is soon over moves nothing. */
  .late { overflow: hidden; animation: late 500ms step-end; }
  @keyframes late {
    from { height: 0; padding-block: 0; border-width: 0; }
  }
`;
