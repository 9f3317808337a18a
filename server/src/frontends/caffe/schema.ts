/** Names of the fields of Caffe's parameter messages, BVLC's and the common forks': a row that asks for another one does not compile. */

/** Source: github.com/BVLC/caffe/blob/master/src/caffe/proto/caffe.proto; forks: SSD, CRF-RNN, SegNet, PSPNet, MobileNet and ShuffleNet ports. */
export const messages = {
  accuracy_param: 'top_k axis ignore_label',
  argmax_param: 'out_max_val top_k axis',
  batch_norm_param: 'use_global_stats moving_average_fraction eps scale_bias scale_filler bias_filler engine',
  bias_param: 'axis num_axes filler',
  bn_param: 'slope_filler bias_filler scale_filler shift_filler momentum eps frozen engine bn_mode var_eps moving_average icnt_momentum use_global_stats',
  clip_param: 'min max',
  concat_param: 'axis concat_dim',
  convolution_param: 'num_output bias_term pad kernel_size group stride weight_filler bias_filler pad_h pad_w kernel_h kernel_w stride_h stride_w axis force_nd_im2col dilation engine dilation_h dilation_w hole hole_h hole_w kernel_d pad_d stride_d',
  crop_param: 'axis offset',
  data_param: 'source batch_size rand_skip backend scale mean_file crop_size mirror force_encoded_color prefetch',
  detection_output_param: 'num_classes share_location background_label_id nms_param save_output_param code_type variance_encoded_in_target keep_top_k confidence_threshold visualize visualize_threshold save_file objectness_score',
  dropout_param: 'dropout_ratio scale_train',
  dummy_data_param: 'data_filler shape num channels height width',
  eltwise_param: 'operation coeff stable_prod_grad',
  elu_param: 'alpha',
  embed_param: 'num_output input_dim bias_term weight_filler bias_filler',
  flatten_param: 'axis end_axis',
  hdf5_data_param: 'source batch_size shuffle',
  image_data_param: 'source batch_size rand_skip shuffle new_height new_width is_color scale mean_file crop_size mirror root_folder',
  inner_product_param: 'num_output bias_term weight_filler bias_filler axis transpose',
  input_param: 'shape',
  interp_param: 'height width zoom_factor shrink_factor pad_beg pad_end',
  lrn_param: 'local_size alpha beta norm_region k engine',
  memory_data_param: 'batch_size channels height width',
  mvn_param: 'normalize_variance across_channels eps',
  norm_param: 'across_spatial scale_filler channel_shared eps',
  parameter_param: 'shape',
  permute_param: 'order',
  pixel_shuffle_param: 'upscale_factor',
  pooling_param: 'pool pad pad_h pad_w kernel_size kernel_h kernel_w stride stride_h stride_w engine global_pooling round_mode ceil_mode torch_pooling kernel_d pad_d stride_d',
  power_param: 'power scale shift',
  prelu_param: 'filler channel_shared',
  prior_box_param: 'min_size max_size aspect_ratio flip clip variance img_size img_h img_w step step_h step_w offset density fixed_size fixed_ratio',
  psroi_pooling_param: 'spatial_scale output_dim group_size',
  python_param: 'module layer param_str share_in_parallel',
  recurrent_param: 'num_output weight_filler bias_filler debug_info expose_hidden',
  reduction_param: 'operation axis coeff',
  relu_param: 'negative_slope engine',
  reorg_param: 'stride reverse',
  reshape_param: 'shape axis num_axes',
  roi_align_param: 'pooled_h pooled_w spatial_scale pad_ratio sample_num sampling_ratio bi_type is_multi_interpolate',
  roi_pooling_param: 'pooled_h pooled_w spatial_scale pad_ratio',
  scale_param: 'axis num_axes filler bias_term bias_filler min_value max_value',
  shuffle_channel_param: 'group',
  slice_param: 'axis slice_point slice_dim',
  softmax_param: 'engine axis',
  spp_param: 'pyramid_height pool engine',
  tile_param: 'axis tiles',
  transform_param: 'scale mirror crop_size mean_file mean_value force_color force_gray crop_h crop_w resize_param noise_param distort_param expand_param emit_constraint random_resize resize_mode',
  upsample_param: 'scale scale_h scale_w pad_out_h pad_out_w upsample_h upsample_w mode height_scale width_scale height width upsample_mode',
  video_data_param: 'video_type device_id video_file skip_frames',
  window_data_param: 'source scale mean_file batch_size crop_size mirror fg_threshold bg_threshold fg_fraction context_pad crop_mode cache_images root_folder',
} as const;

export type MessageName = keyof typeof messages;

type Words<Text extends string> = Text extends `${infer First} ${infer Rest}` ? First | Words<Rest> : Text;

/** The fields of one of the messages. */
export type FieldOf<Name extends MessageName> = Words<(typeof messages)[Name]>;

/** Layer types of the format of 2014, which were enumerators, by today's names. Source: caffe.proto, V1LayerParameter.LayerType, and upgrade_proto.cpp. */
export const typesOf2014: Readonly<Record<string, string>> = {
  ABSVAL: 'AbsVal', ACCURACY: 'Accuracy', ARGMAX: 'ArgMax', BNLL: 'BNLL', CONCAT: 'Concat', CONTRASTIVE_LOSS: 'ContrastiveLoss',
  CONVOLUTION: 'Convolution', DATA: 'Data', DECONVOLUTION: 'Deconvolution', DROPOUT: 'Dropout', DUMMY_DATA: 'DummyData',
  ELTWISE: 'Eltwise', EUCLIDEAN_LOSS: 'EuclideanLoss', EXP: 'Exp', FLATTEN: 'Flatten', HDF5_DATA: 'HDF5Data', HDF5_OUTPUT: 'HDF5Output',
  HINGE_LOSS: 'HingeLoss', IM2COL: 'Im2col', IMAGE_DATA: 'ImageData', INFOGAIN_LOSS: 'InfogainLoss', INNER_PRODUCT: 'InnerProduct',
  LRN: 'LRN', MEMORY_DATA: 'MemoryData', MULTINOMIAL_LOGISTIC_LOSS: 'MultinomialLogisticLoss', MVN: 'MVN', POOLING: 'Pooling',
  POWER: 'Power', RELU: 'ReLU', SIGMOID: 'Sigmoid', SIGMOID_CROSS_ENTROPY_LOSS: 'SigmoidCrossEntropyLoss', SILENCE: 'Silence',
  SLICE: 'Slice', SOFTMAX: 'Softmax', SOFTMAX_LOSS: 'SoftmaxWithLoss', SPLIT: 'Split', TANH: 'TanH', THRESHOLD: 'Threshold',
  WINDOW_DATA: 'WindowData',
  // Of forks that branched off then.
  BN: 'BN', PRELU: 'PReLU', RESHAPE: 'Reshape', UPSAMPLE: 'Upsample',
};
