/** Convolutions, transposed ones, fully connected layers and lookups. Source: caffe, base_conv_layer.cpp, conv_layer.cpp, deconv_layer.cpp, inner_product_layer.cpp, embed_layer.cpp. */
import { conv, type ConvAttrs } from '../../../ops/conv';
import { convTranspose } from '../../../ops/conv-transpose';
import { embedding } from '../../../ops/embedding';
import { linear } from '../../../ops/linear';
import { unfold } from '../../../ops/unfold';
import { product } from '../../../tensor/shape';
import { layer, use, type LayerApplication, type LayerCall, type LayerRow, type Places } from '../layer';
import { perAxis, spatialRank } from './window';

type ConvolutionCall = LayerCall<'convolution_param'>;

const places: Places<'convolution_param'> = {
  outChannels: ['num_output'], kernel: ['kernel_size', 'kernel_h', 'kernel_w'], stride: ['stride', 'stride_h', 'stride_w'],
  padding: ['pad', 'pad_h', 'pad_w'], dilation: ['dilation', 'hole'], groups: ['group'], bias: ['bias_term'],
};

function windowOf(call: ConvolutionCall): Pick<ConvAttrs, 'kernel' | 'stride' | 'dilation' | 'padding'> {
  const { p } = call;
  const rank = spatialRank(call);
  const pad = perAxis(p, rank, 'pad', ['pad_d', 'pad_h', 'pad_w'], 0, 0);
  return {
    kernel: perAxis(p, rank, 'kernel_size', ['kernel_d', 'kernel_h', 'kernel_w'], undefined, 1),
    stride: perAxis(p, rank, 'stride', ['stride_d', 'stride_h', 'stride_w'], 1, 1),
    // DeepLab's Caffe calls it hole.
    dilation: p.has('hole') || p.has('hole_h') ? perAxis(p, rank, 'hole', ['hole_h', 'hole_w'], 1, 1) : perAxis(p, rank, 'dilation', ['dilation_h', 'dilation_w'], 1, 1),
    padding: { before: pad, after: pad },
  };
}

function convAttrs(call: ConvolutionCall, outChannels: number, groups: number): ConvAttrs {
  return { inChannels: call.size(1), outChannels, groups, bias: call.p.flag('bias_term', true), layout: 'channels-first', ...windowOf(call) };
}

function convolution(call: ConvolutionCall): LayerApplication {
  return use(conv, convAttrs(call, call.p.required('num_output'), call.p.int('group', 1, 1)), { each: true });
}

/** Forks write depthwise convolutions without a group: it follows from the channels. */
function depthwise(call: ConvolutionCall): LayerApplication {
  const channels = call.size(1);
  return use(conv, convAttrs(call, call.p.int('num_output', channels, 1), call.p.int('group', channels, 1)), { each: true });
}

function deconvolution(call: ConvolutionCall): LayerApplication {
  const attrs = convAttrs(call, call.p.required('num_output'), call.p.int('group', 1, 1));
  // Netscope leaves the dilation out of account.
  const dilation = call.dialect === 'netscope' ? attrs.dilation.map(() => 1) : attrs.dilation;
  return use(convTranspose, { ...attrs, dilation, outputPadding: attrs.kernel.map(() => 0) }, { each: true });
}

function innerProduct(call: LayerCall<'inner_product_param'>): LayerApplication {
  const { p } = call;
  const axis = p.axis('axis', 1);
  const input = call.inputs[0];
  const inFeatures = input ? product(input.slice(axis < 0 ? axis + input.length : axis)) : NaN;
  return use(linear, { inFeatures, outFeatures: p.required('num_output'), bias: p.flag('bias_term', true), flattenFrom: axis }, { reads: [0] });
}

function embed(call: LayerCall<'embed_param'>): LayerApplication {
  const { p } = call;
  const attrs = { entries: p.required('input_dim'), width: p.required('num_output') };
  const bias = p.flag('bias_term', true) ? [{ name: 'bias', sizes: [attrs.width] }] : [];
  return use(embedding, attrs, { reads: [0], weights: [{ name: 'weight', sizes: [attrs.entries, attrs.width] }, ...bias] });
}

export const convolutionLayers: readonly LayerRow[] = [
  layer('Convolution', 'convolution_param', convolution, { places }),
  layer('ConvolutionDepthwise', 'convolution_param', depthwise, { places }),
  layer('ConvolutionDepthWise', 'convolution_param', depthwise, { places }),
  layer('DepthwiseConvolution', 'convolution_param', depthwise, { places }),
  layer('DepthwiseConv', 'convolution_param', depthwise, { places }),
  layer('NdConvolution', 'convolution_param', convolution, { places }),
  layer('Convolution3D', 'convolution_param', convolution, { places }),
  layer('Deconvolution', 'convolution_param', deconvolution, { places }),
  layer('Im2col', 'convolution_param', call => use(unfold, { ...windowOf(call), keepMap: true }, { reads: [0] }), { places }),
  layer('InnerProduct', 'inner_product_param', innerProduct, { places: { outFeatures: ['num_output'], bias: ['bias_term'], flattenFrom: ['axis'] } }),
  layer('Embed', 'embed_param', embed, { places: { entries: ['input_dim'], width: ['num_output'] } }),
];
