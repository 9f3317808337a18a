/** What arguments of constructors customarily are, by their names: values to show figures at where nobody states any. Data, with the synonyms that people write. */

export type Customary = number | boolean | string | null | readonly Customary[] | { readonly library: string };

/** What changes together when values do not agree with each other. */
export type Role = 'input' | 'output' | 'width' | 'length' | 'list' | 'shape';

export interface CustomaryValue {
  readonly value: Customary;
  /** Of a part of a network, where that differs: its input is a feature map, not an image. */
  readonly inPart?: Customary;
  readonly role?: Role;
}

type Row = readonly [names: string, value: Customary, more?: Omit<CustomaryValue, 'value'>];

const rows: readonly Row[] = [
  // Channels and features that go in and come out.
  ['in_channels in_channel in_chans in_chan in_ch in_chs in_c channels_in n_channels num_channels img_channels image_channels img_ch input_channels input_channel input_nc nc '
    + 'in_nc num_in_ch n_in_channels input_chans channels_img c_in cin ch_in inp_channels in_planes inplanes in_filters inp inc ninput ninputs nin', 3, { inPart: 64, role: 'input' }],
  ['in_planes inplanes inplane in_filters inp inc input_planes', 64, { role: 'input' }],
  ['out_channels out_channel out_chans out_ch out_chs out_c channels_out output_channels output_channel output_nc out_nc num_out_ch n_out_channels c_out cout ch_out '
    + 'out_planes outplanes out_filters oup outc noutput noutputs nout', 64, { role: 'output' }],
  ['in_features in_feature in_dim input_dim in_size n_in n_inputs num_inputs input_features num_features n_features feature_dim feat_dim d_in dim_in n_input num_input '
    + 'in_feats infeats nfeat input_size_features in_d', 512, { role: 'input' }],
  ['out_features out_feature out_dim output_dim out_size n_out n_outputs num_outputs output_size output_features d_out dim_out n_output out_feats out_d', 512, { role: 'output' }],
  ['input_size', 512, { role: 'input' }],
  ['num_classes n_classes num_class n_class classes nclass nclasses num_labels n_labels class_num num_cls n_cls classes_num cls_num numclasses', 1000],
  ['num_anchors n_anchors anchors', 3],
  // Widths.
  ['dim d_model dmodel model_dim embed_dim emb_dim embedding_dim embedding_size embed_size emb_size embed n_embd n_embed n_emb hidden_size hidden_dim hidden_dims hid_dim dim_model '
    + 'd_hidden num_hidden nhid n_hid n_hidden num_hiddens hidden_units hidden_features hidden width d_embed demb inner_dim latent_dim feature_size dim_embed enc_dim dec_dim encoder_dim '
    + 'decoder_dim ninp embedding_dims units emsize hiddens model_size query_dim context_dim kv_dim d_k_model projection_dim proj_dim d_cond cond_dim', 512, { role: 'width' }],
  ['channels channel base_channels base_channel model_channels nf ngf ndf n_filters num_filters filters base_filters features planes ch base_ch num_feat n_feats nb_filters start_filters '
    + 'dim_conv mid_channels mid_chs hidden_channels hidden_ch inner_channels mid_planes n_feat growth_channels gc_base init_features width_channels inter_channels bottleneck_channels '
    + 'f_g f_l f_int squeeze_planes expand1x1_planes expand3x3_planes skip_channels gate_channels z_channels_width base_width cond_channels residual_channels', 64, { role: 'width' }],
  ['mlp_dim d_ff dff dim_feedforward ffn_dim ff_dim intermediate_size ffn_hidden ffn_hidden_size ffn_embed_dim feed_forward_dim pf_dim d_inner mlp_hidden_dim d_ffn ff_hidden_dim hidden_mlp', 2048, { role: 'width' }],
  ['dim_head head_dim d_head d_k d_v dk dv d_kv kv_channels head_size head_width dim_key dim_value n_head_dim num_head_channels', 64],
  ['heads n_heads num_heads nheads n_head nhead num_head attention_heads num_attention_heads n_attention_heads h head_num num_heads_q', 8],
  ['n_kv_heads num_kv_heads kv_heads num_key_value_heads n_kv_head n_kv_groups num_kv_groups', 4],
  ['time_dim time_emb_dim time_embed_dim t_emb_dim temb_dim temb_channels time_channels n_time emb_channels time_emb_channels t_dim', 256, { role: 'width' }],
  ['latent_size z_dim nz noise_dim latent_channels z_size latent style_dim w_dim d_latent code_dim', 128],
  ['z_channels', 4],
  ['bottleneck_dim squeeze_dim low_dim rank', 64],
  ['growth_rate gc', 32],
  // How much of it.
  ['depth n_layers num_layers n_layer num_layer nlayers layers_num num_blocks_total num_encoder_layers num_decoder_layers n_enc_layers n_dec_layers enc_layers dec_layers nlayer n_block_layers '
    + 'num_hidden_layers n_hidden_layers encoder_layers decoder_layers e_depth num_transformer_layers transformer_layers block_count', 6],
  ['num_blocks n_blocks num_res_blocks n_res_blocks n_resnet_blocks num_residual_blocks n_residual_blocks nb_blocks num_block nblocks n_stages num_stages num_repeats repeats n '
    + 'num_residual_layers num_resblocks n_resblocks num_layers_per_block blocks_num num_rrdb_block nb layers_per_block', 2],
  ['p_hidden_dims mlp_dims hidden_sizes layer_sizes hidden_layers_sizes cross_layer_sizes fc_sizes dnn_hidden_units hidden_layer_sizes fc_dims', [128, 128]], ['depths', [2, 2, 6, 2], { role: 'list' }],
  ['layers blocks block_units num_units block_counts stage_repeats num_layers_list layer_list layers_list', [2, 2, 2, 2], { role: 'list' }],
  ['dims channel_list channels_list feature_list widths embed_dims stage_channels n_channels_list filters_list enc_channels stages_out_channels', [64, 128, 256, 512], { role: 'list' }],
  ['channel_multipliers channel_mult channel_mults ch_mult dim_mults channels_mult mults channel_multiplier', [1, 2, 4, 4], { role: 'list' }],
  ['attention_levels attn_levels attention_resolutions attn_resolutions', [1, 2]],
  ['num_experts n_experts n_expert experts n_routed_experts', 8],
  ['num_experts_per_tok top_k topk k_experts n_activated_experts experts_per_token', 2],
  ['mlp_ratio ffn_ratio expansion_factor expansion expand ff_mult mult expand_ratio expansion_ratio e_ratio hidden_mult upscale_ff', 4],
  ['width_factor width_mult width_multiplier widen_factor width_multiple depth_multiple depth_multiplier depth_mult depth_factor alpha_width multiplier width_scale width_coefficient depth_coefficient wm', 1],
  ['reduction reduction_ratio r squeeze_factor se_ratio_inverse ratio reduce', 16],
  ['tf_layers spatial_layers', 1],
  ['num_queries n_queries', 100],
  // Texts and sequences.
  ['vocab_size n_vocab num_tokens n_tokens ntoken ntokens vocabulary_size src_vocab_size trg_vocab_size tgt_vocab_size src_vocab tgt_vocab trg_vocab input_vocab_size output_vocab_size '
    + 'num_embeddings vocab voc_size n_token tokens_num vocab_len src_ntoken tgt_ntoken input_vocab target_vocab num_words dict_size nvocab', 10000],
  ['block_size context_length ctx_len max_seq_len max_len seq_len seq_length sequence_length max_length max_position_embeddings n_positions n_ctx context_size max_sequence_length length '
    + 'num_positions maxlen src_len tgt_len input_length max_seq_length max_context_length ctx_size n_context n_text_ctx', 128, { role: 'length' }],
  ['pad_idx padding_idx pad_token_id src_pad_idx trg_pad_idx tgt_pad_idx pad_id pad_index pad_token', 0],
  ['bos_token_id sos_idx sos_token bos_id', 1], ['eos_token_id eos_idx eos_token eos_id', 2],
  ['type_vocab_size num_segments n_segments', 2],
  // Images.
  ['image_size img_size im_size input_resolution resolution crop_size imsize img_dim image_dim img_resolution input_res sample_size', 224],
  ['image_height img_height height img_h h_img image_width img_width img_w w_img', 224],
  ['patch_size patch patch_len patch_dim_size p patch_height patch_width image_patch_size', 16],
  ['num_patches n_patches', 196], ['img_shape image_shape img_dims input_shape in_shape shape inp_shape input_dims', [3, 224, 224], { role: 'shape' }],
  ['window_size win_size', 7],
  ['log_resolution', 6],
  ['frames num_frames n_frames frame_patch_size image_depth', 16],
  // Convolutions.
  ['kernel_size kernel k ksize kernel_sizes filter_size kernel_width ks conv_kernel d_conv', 3],
  ['stride strides s downsample_rate', 1], ['padding pad p_pad', 1], ['dilation d dilation_rate', 1],
  ['groups num_groups n_groups group cardinality', 1],
  ['scale upscale scale_factor upscale_factor up_scale upsample_factor downscale', 2],
  ['rates atrous_rates dilations', [6, 12, 18]],
  ['output_stride', 16],
  ['downsample upsample shortcut', null],
  // Learning and numbers without weight.
  ['dropout drop dropout_rate drop_rate drop_prob p_dropout attn_drop attn_dropout dropout_p drop_path dropout_prob proj_drop attention_dropout drop_path_rate emb_dropout resid_pdrop attn_pdrop '
    + 'embd_pdrop dropout_probability enc_dropout dec_dropout input_dropout hidden_dropout_prob attention_probs_dropout_prob layer_drop residual_dropout do_prob ff_dropout drop_p keep_prob', 0.1],
  ['lr learning_rate base_lr max_lr', 0.001], ['weight_decay wd', 0.01], ['eps epsilon norm_eps layer_norm_eps rms_norm_eps layer_norm_epsilon', 1e-5], ['momentum', 0.1],
  ['warmup warmup_steps warmup_iters', 100], ['max_iters max_steps num_training_steps n_steps_total total_steps', 2000], ['batch_size bs', 32], ['epochs num_epochs', 10], ['temperature tau', 1],
  ['alpha beta gamma', 0.5], ['capacity_factor', 1.2], ['rope_theta rope_base theta', 10000], ['num_timesteps timesteps n_steps num_steps diffusion_steps', 1000],
  ['bias qkv_bias qkv_bias_ use_bias attn_bias qkvbias add_bias', true], ['bidirectional causal is_causal', false],
  ['bilinear use_bn batch_norm norm_first batchnorm affine', true],
  ['pretrained pretrain pretrain_backbone progress aux aux_logits deep_supervision use_checkpoint verbose output_attention return_attention use_fp16 drop_tokens is_scale_prob training '
    + 'quantized gradient_checkpointing', false],
  ['device', 'cpu'], ['ngpu n_gpu num_gpus ngpus', 1], ['dtype', { library: 'torch.float32' }],
  ['act activation act_layer nonlinearity act_fn activation_fn act_func', { library: 'torch.nn.ReLU' }],
  ['norm norm_layer norm_fn normalization norm_func', { library: 'torch.nn.BatchNorm2d' }],
  ['act_name hidden_act activation_function act_type', 'gelu'],
  // Forecasts, as the published families of models name them.
  ['enc_in dec_in n_vars num_variables n_variates c_in_series nvars', 7], ['pred_len prediction_length horizon pred_length forecast_horizon output_length label_window', 96],
  ['seq_len_series', 96], ['label_len', 48], ['freq', 'h'], ['task_name', 'long_term_forecast'], ['embed_type', 'timeF'],
  ['e_layers', 2], ['d_layers', 1], ['factor', 3], ['moving_avg moving_average', 25], ['num_kernels', 6], ['distil', true],
  // Graphs and tables.
  ['num_nodes n_nodes num_node node_num', 32], ['num_relations num_rels edge_types n_edge_types', 2], ['edge_dim edge_features', 16], ['num_edges', 64],
  ['state_dim obs_dim n_states n_obs observation_dim state_size n_observations obs_size', 8], ['action_dim act_dim n_actions num_actions action_size', 4], ['max_action action_scale', 1],
  ['num_users n_users num_items n_items num_entities', 1000],
  ['in_caps', 1152], ['out_caps num_capsules', 10], ['iterations num_iterations n_iter num_iters routing_iterations num_routing', 3],
];

const table = new Map<string, CustomaryValue>();
for (const [names, value, more] of rows) {
  for (const name of names.split(' ')) if (!table.has(plainName(name))) table.set(plainName(name), { value, ...more });
}

/** What the end of a name tells where the whole is not in the table; first match wins. */
const endings: readonly (readonly [RegExp, CustomaryValue])[] = [
  [/(^|_)(layers|depth|depths|repeats|repeat|stages)$/, { value: 2 }],
  [/(^|_)(heads?|nhead)$/, { value: 8 }], [/(^|_)(layer|blocks|levels)$/, { value: 2 }],
  [/(^|_)kernel_(size|width)$/, { value: 3 }], [/(^|_)(state|model|context_dim)$/, { value: 512, role: 'width' }], [/(^|_)mels?(_bins|_channels)?$/, { value: 80 }],
  [/(^|_)(\w*layer_sizes|hidden_(sizes|units|layers)|layer_(dims|sizes|units))$/, { value: [128, 128] }],
  [/(^|_)norm(alization)?_(cls|class|type|layer|fn|module|func)$/, { value: { library: 'torch.nn.LayerNorm' } }],
  [/(^|_)(act|activation|nonlin\w*)_(cls|class|layer|fn|module|func)$/, { value: { library: 'torch.nn.ReLU' } }],
  [/(^|_)conv\w*_(cls|class|layer|op)$/, { value: { library: 'torch.nn.Conv2d' } }],
  [/(^|_)(classes|labels)$/, { value: 10 }],
  [/(^|_)(vocab|vocab_size|tokens)$/, { value: 10000 }],
  [/(^|_)(up|down)_?sampl(e|ing)_(factor|factors|rate|ratio|scale)$/, { value: 2 }], [/^(len|length)_(in|of|input|output|out)(_|$)/, { value: 128, role: 'length' }],
  [/(^|_)(len|length|lengths|steps|ctx|positions)$/, { value: 128, role: 'length' }],
  [/(^|_)(in|input)(_|$).*(ch|channels?|planes|chans?|features?|dim|size)$/, { value: 64, role: 'input' }],
  [/(^|_)(out|output)(_|$).*(ch|channels?|planes|chans?|features?|dim|size)$/, { value: 64, role: 'output' }],
  [/(^|_)(dims?|size|width|features?|feats?|channels?|chans?|ch|planes|units|hidden|hid|embed|embd|emb|inner|filters?|nf|dimension|neurons)$/, { value: 64, role: 'width' }],
  [/(^|_)(dropout|drop|prob|rate|ratio|p)$/, { value: 0.1 }],
  [/(^|_)kernels?$/, { value: 3 }], [/(^|_)stride$/, { value: 1 }], [/(^|_)(bias|norm|bn)$/, { value: true }],
  [/(^|_)(idx|index|id)$/, { value: 0 }],
  [/^(use|is|with|has|return|apply|add|do|enable|share|learn|output)_/, { value: false }],
  [/^(n|num|nb)_/, { value: 4 }],
];

/** `inChannels`, `_in_channels` and `in_channels` are one name. */
export function plainName(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase().replace(/^_+|_+$/g, '');
}

/** Undefined: nothing is customary. */
export function customaryFor(name: string): CustomaryValue | undefined {
  const plain = plainName(name);
  return table.get(plain) ?? endings.find(([ending]) => ending.test(plain))?.[1];
}
