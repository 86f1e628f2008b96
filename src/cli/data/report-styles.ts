/** Of the page that `--report` writes: light or dark as the reader's system is. */
export const REPORT_STYLES = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { margin: 0; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.5rem; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 2rem 0 0; }
h3 { font-size: 1rem; margin: 0.8rem 0 0; }
p { max-width: 45rem; margin: 0.4rem 0; }
.kept { font-size: 1.1rem; }
table { border-collapse: collapse; margin-top: 1rem; width: 100%; }
th, td { padding: 0.2rem 0.8rem 0.2rem 0; text-align: right; font-variant-numeric: tabular-nums; font-weight: normal; }
thead th, thead td { border-bottom: 1px solid GrayText; }
th:first-child { text-align: left; }
.bar { width: 40%; padding: 0; }
.text { text-align: left; white-space: nowrap; }
code { font-size: 0.85em; overflow-wrap: anywhere; }
th code { display: block; font-size: 0.8em; }
@media (max-width: 32rem) { main { padding: 0.8rem; } th, td { padding-right: 0.5rem; } .bar { display: none; } }
meter { width: 100%; height: 1rem; display: block; }
meter::-webkit-meter-optimum-value { background: light-dark(#4a78b8, #7aa7e0); }
meter::-moz-meter-bar { background: light-dark(#4a78b8, #7aa7e0); }
summary { cursor: pointer; padding: 0.3rem 0; }
details > :not(summary) { margin-left: 1.1rem; }
figure { margin: 0.8rem 0; }
figcaption { font-size: 0.9rem; }
pre { margin: 0.2rem 0 0.5rem; padding: 0.6rem 0.8rem; border: 1px solid light-dark(#0003, #fff3); border-radius: 4px; font: 13px/1.45 ui-monospace, Consolas, Menlo, monospace; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; }
mark { background: light-dark(#ffd966, #705a00); color: inherit; border-radius: 2px; }
`;
