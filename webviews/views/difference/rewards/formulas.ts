import { html, mathml, type TemplateResult } from 'lit';

/*
 * The formulas of the page as MathML, which browsers set and screen readers read. x is the prompt, y an answer; y_w is the
 * chosen one (it won), y_l the rejected one.
 */

const LOSS = mathml`<mi mathvariant="normal">ℒ</mi>`;
const MINUS = mathml`<mo form="prefix">−</mo>`;
/** Function application is heard and not seen; a thin space is seen. */
const LN = mathml`<mi>ln</mi><mo>&#x2061;</mo><mspace width="0.17em"></mspace>`;
const chosen = mathml`<msub><mi>y</mi><mi>w</mi></msub>`;
const rejected = mathml`<msub><mi>y</mi><mi>l</mi></msub>`;
const reference = mathml`<msub><mi>π</mi><mi mathvariant="normal">ref</mi></msub>`;

/** `ratio(y)`: ln π(y|x) / π_ref(y|x). */
const ratio = (answer: TemplateResult<3>) => mathml`${LN}<mfrac>
  <mrow><mi>π</mi><mo stretchy="false">(</mo>${answer}<mo lspace="0.1em" rspace="0.1em">|</mo><mi>x</mi><mo stretchy="false">)</mo></mrow>
  <mrow>${reference}<mo stretchy="false">(</mo>${answer}<mo lspace="0.1em" rspace="0.1em">|</mo><mi>x</mi><mo stretchy="false">)</mo></mrow>
</mfrac>`;

const reward = (answer: TemplateResult<3>) =>
  mathml`<mi>r</mi><mo stretchy="false">(</mo><mi>x</mi><mo>,</mo>${answer}<mo stretchy="false">)</mo>`;

const before = mathml`<msub><mi>y</mi><mrow><mo lspace="0" rspace="0">&lt;</mo><mi>t</mi></mrow></msub>`;
const token = mathml`<msub><mi>y</mi><mi>t</mi></msub>`;

export const crossEntropyFormula = (): TemplateResult => html`<math display="block">
  ${LOSS}<mo>=</mo>${MINUS}<mfrac><mn>1</mn><mi>T</mi></mfrac>
  <munderover><mo>∑</mo><mrow><mi>t</mi><mo lspace="0" rspace="0">=</mo><mn>1</mn></mrow><mi>T</mi></munderover>
  ${LN}<mi>p</mi><mo stretchy="false">(</mo>${token}<mo lspace="0.1em" rspace="0.1em">|</mo>${before}<mo stretchy="false">)</mo>
</math>`;

export const fineTuningFormula = (): TemplateResult => html`<math display="block">
  <msub>${LOSS}<mi mathvariant="normal">SFT</mi></msub><mo>=</mo>${MINUS}<mfrac><mn>1</mn><mrow><mo>|</mo><mi>y</mi><mo>|</mo></mrow></mfrac>
  <munder><mo>∑</mo><mrow><mi>t</mi><mo lspace="0" rspace="0">∈</mo><mi>y</mi></mrow></munder>
  ${LN}<mi>π</mi><mo stretchy="false">(</mo>${token}<mo lspace="0.1em" rspace="0.1em">|</mo><mi>x</mi><mo>,</mo>${before}<mo stretchy="false">)</mo>
</math>`;

export const rewardModelFormula = (): TemplateResult => html`<math display="block">
  <msub>${LOSS}<mi>r</mi></msub><mo>=</mo>${MINUS}${LN}<mi>σ</mi><mo>(</mo>${reward(chosen)}<mo>−</mo>${reward(rejected)}<mo>)</mo>
</math>`;

export const objectiveFormula = (): TemplateResult => html`<math display="block">
  <munder><mi>max</mi><mi>π</mi></munder><mspace width="0.2em"></mspace>
  <msub><mi mathvariant="normal">𝔼</mi><mrow><mi>y</mi><mo lspace="0" rspace="0">∼</mo><mi>π</mi></mrow></msub>
  <mo>[</mo>${reward(mathml`<mi>y</mi>`)}<mo>]</mo><mo>−</mo><mi>β</mi><mspace width="0.15em"></mspace>
  <mi>KL</mi><mo>(</mo><mi>π</mi><mo>‖</mo>${reference}<mo>)</mo>
</math>`;

export const preferenceFormula = (): TemplateResult => html`<math display="block">
  <msub>${LOSS}<mi mathvariant="normal">DPO</mi></msub><mo>=</mo>${MINUS}${LN}<mi>σ</mi>
  <mo>(</mo><mi>β</mi><mspace width="0.15em"></mspace>${ratio(chosen)}<mo>−</mo><mi>β</mi><mspace width="0.15em"></mspace>${ratio(rejected)}<mo>)</mo>
</math>`;
