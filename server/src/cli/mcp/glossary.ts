/** What the figures mean, for somebody who meets them for the first time. The formulas are those of docs/metrics.md. */
export const glossary: Readonly<Record<string, string>> = {
  'MACs': 'Multiply–accumulates of one forward pass: convolutions, linear layers and every matrix product, wherever it is written. FLOPs are about twice as many.',
  'params': 'Weights as the framework counts them, each once, however often it is used.',
  'activations': 'Elements that layers produce in a forward pass, as the counting convention has them (paper, graph or fused).',
  'peak': 'The most activations that must be in memory at the same time, and the layer at which that is: what an arena for inference has to hold.',
  'M_c/W': 'Weight reuse: MACs per weight that is read. High in early convolutions, 1 for a linear layer at batch 1.',
  'M_c/A': 'Activation reuse: MACs per activation that is read or written. A depthwise convolution has few: it costs what moving its activations costs.',
  'AI': 'Arithmetic intensity: MACs per element of any kind that is moved, M_c / (W + A).',
  'DI': 'Data-type aware intensity, (α · M_c/A + (1 − α) · M_c/W) / 4 with α = 0.8: activations weigh more than weights, since they are moved more often. For whole networks and blocks; higher is cheaper per MAC.',
  'disparity': 'By how much DI falls short of the cumulative arithmetic intensity, in percent.',
  'energy': 'Joules of one sample on the named device and software, at the named batch, with an interval that is meant to hold 80 % of the cases. What the joules include (chip, board, plug) stands beside it.',
  'status': 'exact: every operator was followed, for the inputs shown. lower-bound: something is unknown, the problems say what, and the true figure is at least so much. failed: no figures.',
  'assuming': 'An input or an argument that nobody states was chosen as is customary; state it with a comment, # joulelint: model Net(width=2) input 1,3,224,224, or with the parameters of the tool.',
};
