/** What the names of `forward`'s arguments customarily hold, and what its text says of their shapes. */
import { absent, ring, tensorOf, type ArgumentGuess, type Scale } from './argument-guess';

interface Row {
  readonly names: RegExp;
  /** The customary form first. */
  readonly forms: (scale: Scale) => readonly ArgumentGuess[];
}

const vector = ({ batch }: Scale): ArgumentGuess => tensorOf([batch]);
const numbers = ({ batch }: Scale): ArgumentGuess => tensorOf([batch], 'int64');
const tokens = ({ batch, length }: Scale): ArgumentGuess => tensorOf([batch, length], 'int64');
const sequence = ({ batch, length, width }: Scale): ArgumentGuess => tensorOf([batch, length, width]);
const features = ({ batch, width }: Scale): ArgumentGuess => tensorOf([batch, width]);
const image = ({ batch, channels, size }: Scale): ArgumentGuess => tensorOf([batch, channels, ...size]);

function states({ batch, width, state }: Scale): readonly ArgumentGuess[] {
  const size = state?.width ?? width;
  const stacked = tensorOf([state?.layers ?? 1, batch, size]);
  const pair: ArgumentGuess = { kind: 'tuple', items: [stacked, stacked] };
  return [...(state?.isPair ? [pair] : []), stacked, tensorOf([batch, size]), pair, { kind: 'tuple', items: [tensorOf([batch, size]), tensorOf([batch, size])] }, absent];
}

const rows: readonly Row[] = [
  { names: /^(t|ts|times?|time_?steps?|timesteps?|noise_levels?|sigmas?|noise_labels|noise_steps?|step|steps|diffusion_steps?|log_snr|c_noise|time_cond)$/,
    forms: scale => [numbers(scale), vector(scale), tensorOf([scale.batch, 1]), features(scale), tensorOf([1, scale.width])] },
  { names: /^(y|labels?|class_?labels?|class_idx|class_ids?|cls|target_class|targets?|category)$/,
    forms: scale => [numbers(scale), tokens(scale), features(scale), image(scale), absent] },
  { names: /^(\w*input_ids|tokens?|token_ids?|idx|ids|src|trg|tgt|text|texts|captions?|input_seq|source|seq|sequences?|words?|sentences?|questions?|input_tokens|inp|input_step|target_seq|decoder_input\w*|prev_output_tokens)$/,
    forms: scale => [tokens(scale), sequence(scale), numbers(scale), features(scale)] },
  { names: /^(\w*lengths?|lens|\w+_lens?|src_len|text_len)$/, forms: scale => [numbers(scale)] },
  { names: /(^|_)masks?$|^mask_|_padding$/,
    forms: ({ batch, length }) => [absent, tensorOf([batch, length], 'bool'), tensorOf([batch, 1, 1, length], 'bool'), tensorOf([length, length], 'bool'),
      tensorOf([batch, 1, length, length], 'bool')] },
  { names: /^(h|hx|hidden\w*|\w*_?states?|h_?0|prev_hidden|hiddens|cell\w*|c_?0|memory_state|rnn_state|decoder_hidden)$/, forms: states },
  { names: /^(context\w*|cond\w*|memory|encoder_out\w*|enc_out\w*|encoder_hidden_states?|text_emb\w*|\w*embeddings?|\w*_emb|kv|keys?|values?|query|queries|q|k|v|cross|z_text|features?|feats?|x_mark\w*)$/,
    forms: scale => [sequence(scale), features(scale), tensorOf([scale.batch, scale.width, ...scale.size]), tensorOf([scale.length, scale.width])] },
  { names: /^(adj\w*|a|a_hat|graph|laplacian|edge_weight_matrix)$/, forms: ({ batch, length }) => [tensorOf([length, length]), tensorOf([batch, length, length])] },
  { names: /^(edge_index|edges|edge_idx)$/, forms: ({ length }) => [ring(length)] },
  { names: /^(start_pos|input_pos|offset|cur_pos|cache_position|layer_idx|epoch|pos_offset)$/, forms: () => [{ kind: 'value', value: 0 }] },
  { names: /^(pos\w*_ids|positions?|pos_idx|segment\w*|token_type_ids|seg\w*|segs?)$/, forms: scale => [tokens(scale)] },
  { names: /^(z|noise|latents?|latent_z|code|eps|epsilon)$/, forms: scale => [
      features(scale), image(scale), tensorOf([scale.batch, scale.channels, ...scale.size.map(size => Math.ceil(size / 8))]), tensorOf([scale.batch, scale.width, 1, 1]),
    ] },
  { names: /^(images?|img\w*|pixel_values|video|frames|rgb|picture|pixels|inputs_image|photo)$/, forms: scale => [image(scale), features(scale)] },
  { names: /^(audio|wav\w*|waveform|signal|mel\w*)$/, forms: scale => [tensorOf([scale.batch, scale.channels, 1024]), sequence(scale), tensorOf([scale.batch, 16000])] },
  { names: /^(is_\w+|use_\w+|return_\w+|train|training|need_weights|verbose|output_\w+|causal)$/, forms: () => [{ kind: 'value', value: false }] },
  { names: /^(tab|table|tabular|meta\w*|numeric\w*|continuous|cont\w*|action|actions|obs|observation|state_vector|attributes?|style|w|s)$/, forms: scale => [features(scale), sequence(scale)] },
];

const graphs = /^(adj\w*|a|a_hat|graph|laplacian|edge_weight_matrix|edge_index|edges|edge_idx)$/i;

export function isGraph(name: string): boolean {
  return graphs.test(name);
}

/** Forms of a tensor of which only the name is known, the likeliest first. */
export function formsOf(name: string, scale: Scale): readonly ArgumentGuess[] {
  const plain = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  return rows.find(({ names }) => names.test(plain))?.forms(scale) ?? [];
}

/** What any tensor may be. */
export function generalForms(scale: Scale): readonly ArgumentGuess[] {
  return [sequence(scale), features(scale), image(scale), tokens(scale), numbers(scale), tensorOf([scale.length, scale.width]), tensorOf([scale.batch, scale.width, scale.length])];
}

/** A tensor of so many axes as they are most often meant. */
export function ofRank(rank: number, scale: Scale): readonly number[] {
  const { batch, length, channels, width, size } = scale;
  switch (rank) {
    case 0: return [];
    case 1: return [batch];
    case 2: return [batch, width];
    case 3: return [batch, length, width];
    case 4: return [batch, channels, ...size];
    case 5: return [batch, channels, 16, ...size];
    default: return [batch, ...new Array<number>(rank - 1).fill(8)];
  }
}

/** The names of an argument's axes where the text of `forward` has them: in an unpacking, a pattern, an annotation, a comment or the docstring. */
export function axesIn(text: string, name: string): readonly string[] | undefined {
  const unpacked = new RegExp(`^[ \\t]*\\(?((?:[\\w*]+\\s*,\\s*)+[\\w*]*)\\)?\\s*=\\s*${name}\\.(?:shape|size\\(\\))[ \\t]*(?:#.*)?$`, 'm').exec(text)?.[1];
  if (unpacked !== undefined && !unpacked.includes('*')) return parts(unpacked);
  const pattern = new RegExp(`\\b(?:rearrange|reduce|repeat)\\(\\s*${name}\\s*,\\s*f?['"]([^'"]+?)\\s*->`).exec(text)?.[1];
  if (pattern !== undefined && !pattern.includes('...')) return axesOfPattern(pattern);
  const annotated = new RegExp(`\\b${name}\\s*:\\s*\\w+\\[[\\w.]+,\\s*['"]([^'"]+)['"]\\]`).exec(text)?.[1];
  if (annotated !== undefined && !annotated.includes('...')) return annotated.trim().split(/\s+/);
  const told = new RegExp(`(?:^|[\\s*\`#"'(,])${name}\\b[\`*]*[^\\n()\\[\\]]{0,70}[\\[(]([\\w\\s,*/+<=-]+)[\\])]`, 'm').exec(proseOf(text))?.[1];
  if (told !== undefined && /,/.test(told) && parts(told).every(part => /^[A-Za-z_]\w*$|^\d+$/.test(part) || /[ */+<=-]/.test(part))) return parts(told);
  return undefined;
}

/** The docstring and the comments. */
function proseOf(text: string): string {
  return (text.match(/"""[^]*?"""|'''[^]*?'''|#.*/g) ?? []).join('\n');
}

function parts(text: string): readonly string[] {
  return text.split(',').map(part => part.trim()).filter(part => part !== '');
}

/** What stands in parentheses is one axis. */
function axesOfPattern(pattern: string): readonly string[] {
  return pattern.match(/\([^)]*\)|[\w]+/g) ?? [];
}

/** Sizes for axes that have names. */
export function sizesFor(axes: readonly string[], scale: Scale): readonly number[] {
  const spatial = axes.filter(axis => /^(h|w|height|width|height_in|width_in|hh|ww)$/i.test(axis)).length;
  return axes.map((axis, index) => {
    const plain = axis.toLowerCase().replace(/^[<= ]+/, '').trim().replace(/\s+/g, '_');
    if (/^\d+$/.test(plain)) return Number(plain);
    if (/^(b|bs|bsz|batch\w*|batch|nb|_b)$/.test(plain) || (index === 0 && /^(n|_|m|bsize|samples|num_samples)$/.test(plain))) return scale.batch;
    if (spatial > 0 && /^(h|height|hh)/.test(plain)) return scale.size[0] ?? 224;
    if (spatial > 0 && /^(w|width|ww)/.test(plain)) return scale.size[1] ?? 224;
    if (/^(c|ch|channels?|in_channels|c_in|in_c|n_channels|chans?|cin|\w*_channels)$/.test(plain)) return spatial > 0 ? scale.channels : scale.width;
    if (/^(t|l|s|n|seq\w*|len\w*|length|time\w*|tokens?|num_tokens|steps|\w*_len\w*|tgt\w*|src\w*|\w*ctx|nodes?|num_nodes|n_nodes|patches|points)$/.test(plain)) return scale.length;
    return axes.length === 1 ? scale.batch : scale.width;
  });
}
