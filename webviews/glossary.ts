import { t } from './l10n';

/** Every term that a view uses, in two sentences at most, for someone who has never read a paper. */
export const GLOSSARY = {
  token: () =>
    t(
      'A piece of text that the model reads as one unit: a word, a part of one, a space or a single byte. To the model each is only a number.',
    ),
  tokenId: () => t('The number of a token in the vocabulary. The model never sees letters, only these numbers.'),
  vocabulary: () => t('The fixed list of all tokens that a model knows. Each model family has its own.'),
  merge: () =>
    t(
      'A rule that joins two neighbouring pieces into one. A tokenizer applies them in a learnt order, from bytes up to tokens.',
    ),
  logit: () => t('The raw score that the model gives a token as the next one. Only differences between scores matter.'),
  softmax: () =>
    t('Turns scores into probabilities: each is made positive by the exponential and divided by their sum.'),
  probability: () =>
    t(
      'How likely the model finds a token at this place, given everything before it. Over the whole vocabulary they sum to 100 %.',
    ),
  logprob: () =>
    t(
      'The natural logarithm of a probability, in nats: one nat less is 2.7 times less probable. Logarithms of a whole text add up where probabilities would multiply.',
    ),
  rank: () => t("The place of a token when all are sorted by probability: 1 is the model's first guess."),
  surprisal: () =>
    t(
      'How unexpected a token was, in bits: one more bit is half the probability. 0 means that the model was certain of it.',
    ),
  entropy: () =>
    t(
      'How undecided the model is about the next token, in bits. 0 is certainty; 3 bits is like choosing among 8 equal options.',
    ),
  loss: () =>
    t(
      'Cross-entropy loss, −ln p: what training tries to make small. It is the surprisal of the true token, in nats: one nat is 1.44 bits.',
    ),
  perplexity: () =>
    t(
      'Among how many equally likely tokens the model seemed to choose, on average. Lower means that it predicted the text better.',
    ),
  bitsPerCharacter: () =>
    t(
      'The surprisal of all tokens divided by the number of characters. Unlike perplexity it can be compared between vocabularies.',
    ),
  rankClass: () =>
    t('How often the token that stands there was the first guess, among the first 10, the first 100, or further down.'),
  layer: () =>
    t(
      "One of the model's stages: attention, then a small network. Each adds something to what it knows of every token.",
    ),
  head: () => t("One of several parts of a layer's attention, each with its own habit of where to look."),
  query: () => t('The token that looks: for it the head decides how much of each earlier token to take in.'),
  key: () => t("A token that is looked at. A query's weights on all its keys sum to 100 %."),
  attention: () =>
    t(
      'How much of each earlier token a head takes in at a token, as weights that sum to 100 %. It shows where information moves, not why.',
    ),
  embedding: () =>
    t(
      'A table with one row of numbers for every token of the vocabulary: a token enters the model as its row, which training has learnt.',
    ),
  unembedding: () =>
    t(
      'The matrix that turns what leaves the last layer into a score for every token of the vocabulary. In many models it is the embedding, used once more.',
    ),
  mlp: () =>
    t(
      'The part of a layer that works on each token alone (multilayer perceptron, or feed-forward network): two or three matrices with a bend between them. Most weights of a model are here.',
    ),
  norm: () =>
    t(
      'Brings the numbers that a part reads to one size, whatever has been added to the stream before, so that the part sees only how they stand to each other.',
    ),
  singularValues: () =>
    t(
      'How much a matrix stretches the directions of what it reads: the largest singular value is the most. Where few are large, the matrix does most of its work in few directions.',
    ),
  logitDifference: () =>
    t(
      'The score of one token less the score of the other: how much the model prefers the first, in nats. It does not change when all other tokens become more probable.',
    ),
  knockOut: () =>
    t(
      'Attention to a part of the text is taken away from all later tokens, in every layer and head. Nothing moves: positions are as they were.',
    ),
  attentionEntropy: () =>
    t(
      'How spread out a head looks, in bits, as the mean over the tokens. 0 means that it looks at one token only; 3 bits is like looking at 8 tokens alike.',
    ),
  sink: () =>
    t(
      'The first token, on which many heads rest when they have nothing to do. Hiding it shows the rest; nothing is renormalised.',
    ),
  valueWeighted: () =>
    t(
      'How much of what a head writes comes from each token: its weight times the length of what the head takes from there, as a share of all. The first token often has most of the weight, and a value that is much shorter than those of the others.',
    ),
  queryKey: () =>
    t(
      'How well what a token looks for, its query, fits what another one offers, its key: two vectors multiplied, number by number, and added up.',
    ),
  ownSink: () =>
    t(
      'Some models give every head a sink of its own: a learnt score that takes a part of the 100 % and is no token. A head then need not rest on the first token, and its weights on tokens sum to less.',
    ),
  localLayer: () =>
    t(
      'A layer whose tokens look only at the last so many, themselves included (a sliding window). What stands further back reaches them only through other layers.',
    ),
  noAttention: () =>
    t(
      'A layer whose tokens do not look at each other: it carries a state of fixed size from token to token (a linear recurrence). No weights say where it looks.',
    ),
  noPositions: () =>
    t(
      'A layer that is not told where tokens stand: its heads do not see how far apart two tokens are, only what they are.',
    ),
  induction: () =>
    t(
      'A head that looks for an earlier copy of the present token and at what came after it, so that a model continues patterns. Its share is over the tokens that have an earlier copy, the others are over all tokens.',
    ),
  expert: () =>
    t(
      'One of several networks of a layer, of which each token sees only a few: a small router chooses them and weighs their answers (mixture of experts).',
    ),
  rollout: () =>
    t(
      'Attention followed through all layers, each averaged over its heads and mixed with the token itself. It estimates which inputs a token draws on (Abnar & Zuidema 2020).',
    ),
  ablation: () =>
    t('Switching a head off and looking at what changes. What gets worse without it is what it was good for.'),
  directEffect: () =>
    t(
      'What a part itself wrote for the token and against the other, in nats: direct logit attribution (Elhage et al. 2021). All parts add up to the difference.',
    ),
  totalEffect: () =>
    t(
      'How much of the difference is lost when the part is switched off and all that comes after it is computed again. Later parts may build on it, or make up for it.',
    ),
  selfRepair: () =>
    t(
      'Without a part, later ones often do more of the same (self-repair, McGrath et al. 2023). A part can then matter less than what it writes.',
    ),
  replacement: () =>
    t(
      'What stands in place of a part. Nothing is the hardest; its own mean, or what it gave in another text, leaves the later parts with values that they are used to.',
    ),
  valueNorm: () =>
    t(
      'How long the vector is that the head writes for this token: its weight times its value (Kobayashi et al. 2020). The first token often has most of the weight and next to nothing to say.',
    ),
  neuronWords: () =>
    t(
      'A neuron writes always the same vector, stronger or weaker. These are the tokens whose logits that vector raises most, and those that it lowers most, here.',
    ),
  residual: () =>
    t('The running sum that passes through all layers: each adds to it, and the last reads the prediction from it.'),
  lens: () =>
    t(
      'What the model would say if it stopped after this layer: its final readout applied early (nostalgebraist 2020).',
    ),
  vectors: () =>
    t(
      'What the layer computes with at this token: its length, and the cosine of the angle to the token’s own row of the unembedding, 1 where it says the token itself.',
    ),
  tunedLens: () =>
    t(
      'The logit lens with a small correction for each layer, learned so that it says what the whole model says (Belrose et al. 2023).',
    ),
  temperature: () =>
    t('Divides the logits before softmax. Below 1 the likely tokens get likelier, above 1 choices get more even.'),
  topK: () => t('Only the k most probable tokens may be drawn.'),
  topP: () => t('Only the most probable tokens that together reach this probability may be drawn (nucleus sampling).'),
  minP: () => t('Only tokens with at least this share of the largest probability may be drawn.'),
  seed: () => t('The number from which the random draws start. The same seed draws the same tokens.'),
  logRatio: () =>
    t(
      'How much more probable B finds a token than A, ln(p of B ÷ p of A), in nats: 1 nat is 2.7 times more, −1 nat 2.7 times less. Over several tokens it adds up.',
    ),
  kl: () =>
    t(
      'Kullback-Leibler divergence, in nats: over the whole vocabulary, how many nats more a text from A costs when B predicts it. 0 only where both expect the same.',
    ),
  reverseKl: () =>
    t(
      'The same with the models changed about: it weighs the tokens that B expects. It is large where B expects what A finds all but impossible.',
    ),
  roundedAnew: () =>
    t(
      'What the file’s own rounding took away stays away, so this says what rounding once more costs, not what the file has lost already. To know that, compare with a file of the original weights.',
    ),
  float32: () =>
    t(
      'A number of 32 bits: a sign, 8 bits that say how large it is, and 23 that say its digits, seven to eight of them.',
    ),
  bf16: () =>
    t(
      'The upper half of a float32: numbers as large and as small, with two to three digits. Most models are trained and published in it.',
    ),
  fp16: () =>
    t(
      'A number of 16 bits with three to four digits, and nothing beyond 65,504 or much below 0.00006: what is larger becomes infinite.',
    ),
  blockScale: () =>
    t(
      '32 neighbours of a row share a scale. Each weight is kept only as a whole number of steps of it: 255 of them in 8 bits, 16 in 4 bits.',
    ),
  weightMemory: () =>
    t(
      'What the weights alone take in these numbers. Vitrine itself computes in float32 and keeps numbers of 16 bits as such: to it they only show what rounding changes.',
    ),
  decodingStep: () =>
    t(
      'Writing one more token: every weight is read once for a handful of operations, so memory is what it waits for. This is what its bytes take at the full speed of the memory.',
    ),
  flip: () => t('The most probable token is another to B than to A.'),
  adapterGain: () =>
    t(
      'What multiplies the adapter: 0 is the base without it, 1 the model as it was tuned. Beyond 1 its effect is exaggerated, so that it can be seen.',
    ),
  implicitReward: () =>
    t(
      'After training on preferences, β × Σ ln(p of B ÷ p of A) is what the training rewarded, up to β and to the value of the prompt: compare answers to one prompt only. Single tokens may be negative in a good answer.',
    ),
  perplexityCorrelation: () =>
    t('How alike the two losses rise and fall from token to token: 100 % where one follows from the other.'),
  perplexityRatio: () =>
    t(
      'How the perplexity of B stands to that of A on the same tokens. Both errors largely cancel, so that it is known better than either.',
    ),
  probabilityChange: () =>
    t('The probability of the token that stands there: that of B less that of A, in percentage points.'),
  rootMeanSquareChange: () =>
    t('The root of the mean of Δp squared: how much the probability of a token moves, whichever way.'),
  sameTop: () => t('At how many places the most probable token is the same to both.'),
  undertrained: () =>
    t(
      'A token that the vocabulary has and the texts of the training hardly had. The model never learnt what it means, and may answer it with nonsense: people call it a glitch token.',
    ),
  repeatedProbability: () =>
    t(
      'The most that the model gave the token in three prompts that ask it to repeat it. Of a token that it knows that is nearly 100 %.',
    ),
  percentile: () => t('So many per cent of the tokens have a smaller value than this.'),
  provider: () =>
    t('The execution provider: what on this machine computes the model, its processor (cpu) or a graphics card.'),
  context: () => t('How many tokens the model can read at once. What is longer loses its beginning.'),
  role: () =>
    t(
      'Who says a message of a chat: system, which sets the rules, user, assistant, or a tool. To the model a role is only text that the chat template writes around the message.',
    ),
  controlToken: () =>
    t(
      'A token that nobody types: the chat template puts it where a message, or the whole chat, begins or ends. The model has learnt what it stands for.',
    ),
  scored: () =>
    t(
      'What training on such chats counts: the model is to learn what the assistant says. All else it only reads, and its errors there cost nothing.',
    ),
  carry: () =>
    t(
      'In a sum, the 1 that a place hands on to the next. Where that place belongs to another token, the model has to pass it across.',
    ),
  quadratic: () =>
    t(
      'A token is multiplied by every weight once, so that twice the tokens take twice as much. Attention also compares each with all before it: twice the tokens make four times the comparisons. A layer with a sliding window compares only with the last so many.',
    ),
  roofline: () =>
    t(
      'Work takes at least as long as its operations take the processor, and at least as long as its bytes take the memory (Williams et al. 2009). Reading uses each weight for many tokens and keeps the processor busy; writing one token uses it once, and waits for the memory.',
    ),
  batch: () =>
    t(
      'Several texts that are computed together. The weights are read once for all of them, so that writing a token for each costs hardly more than for one, until the processor is what limits.',
    ),
  kvCache: () =>
    t(
      'What attention needs of every token before: its keys and its values, in every layer. They are kept, so that the next token need not read the text anew, and grow with the text.',
    ),
  fusion: () =>
    t(
      'Scores and weights of attention are as many as pairs of tokens. An attention that is fused (FlashAttention, Dao et al. 2022) works on blocks of them inside the processor and never writes them to memory. It can leave out the pairs that a token may not see, too.',
    ),
  instruments: () =>
    t(
      'What Vitrine computes beside the model so that its views can show it: where each head looks, and the places where a part can be switched off. The model alone would not need it.',
    ),
  outside: () =>
    t(
      'Time in which no operation of the model is at work: the runtime goes from one to the next, rows of the embedding are looked up, and keys and values are put away. A model of many small operations spends much of its time so.',
    ),
  trainingFlops: () =>
    t(
      'Floating-point operations: a multiplication or an addition each. Training takes about 6 for every weight and every token: 2 to predict, 4 to learn from the error (Kaplan et al. 2020). A ZFLOP is 10²¹ of them.',
    ),
  fittedLoss: () =>
    t(
      'What a formula that was fitted to many trainings expects of a size and a number of tokens. It is in nats a token of the papers’ own vocabularies and texts, so that no model of another vocabulary can be held against it.',
    ),
  scalingLaws: () =>
    t(
      'The loss falls with the number of weights and with the tokens read, each with less and less effect. The paper known as Chinchilla (Hoffmann et al. 2022) recommends about 20 tokens a weight; the constants that it printed, rounded, say otherwise, and a refit of its experiments (Besiroglu et al. 2024) agrees with the 20.',
    ),
  deviceDays: () =>
    t(
      'The operations of the training, divided by what one card can do at most in bfloat16 and by the share of that which is reached in practice: 30 to 50 % is usual.',
    ),
  bitsPerByte: () =>
    t(
      'The surprisal of the text divided by its length in bytes, which is the same for every model. Perplexities and losses a token are not: a vocabulary of longer tokens has fewer and harder ones to predict.',
    ),
} as const satisfies Record<string, () => string>;

export type Term = keyof typeof GLOSSARY;
