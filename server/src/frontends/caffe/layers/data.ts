/**
 * Layers that bring data in: what sizes they give, and how sure that is. Source: caffe, input_layer.cpp, data_layer.cpp, image_data_layer.cpp,
 * memory_data_layer.cpp, dummy_data_layer.cpp, window_data_layer.cpp.
 */
import type { InputOrigin } from '../../../graph/graph';
import type { Sizes } from '../../../tensor/shape';
import type { LayerCall } from '../layer';
import type { Parameters } from '../parameters';

export interface DataBlob {
  readonly sizes: Sizes;
  readonly origin: InputOrigin;
  readonly why: string;
}

export interface DataDefaults {
  /** Without the batch; used where the file says nothing. */
  readonly shape: readonly number[];
  readonly batch: number;
}

/** One entry for each top. */
export type DataLayer = (call: LayerCall, defaults: DataDefaults) => readonly DataBlob[];

/** Data sets whose name tells the size of their images. */
const knownSets: readonly (readonly [pattern: RegExp, name: string, sizes: Sizes])[] = [
  [/mnist/i, 'MNIST', [1, 28, 28]],
  [/cifar/i, 'CIFAR', [3, 32, 32]],
];

function forEachTop(call: LayerCall, make: (top: number) => DataBlob): DataBlob[] {
  return Array.from({ length: call.tops }, (_, top) => make(top));
}

function stated(sizes: Sizes, why: string): DataBlob {
  return { sizes, origin: 'declared', why };
}

const input: DataLayer = call => {
  const p = call.parameters('input_param');
  const shapes = p.blocks('shape');
  if (shapes.length === 0) call.complain('an Input layer needs `input_param { shape { dim: … } }`');
  if (shapes.length > 1 && shapes.length !== call.tops) call.complain(`${shapes.length} shapes for ${call.tops} tops: one for all is wanted, or one for each`);
  return forEachTop(call, top => {
    const shape = shapes[shapes.length === 1 ? 0 : top];
    return stated(shape ? p.dims(shape, 1) : [NaN], 'stated by input_param');
  });
};

const dummy: DataLayer = call => {
  const p = call.parameters('dummy_data_param');
  const shapes = p.blocks('shape');
  const sides = [p.ints('num', 1), p.ints('channels', 1), p.ints('height', 1), p.ints('width', 1)];
  return forEachTop(call, top => {
    const shape = shapes[shapes.length === 1 ? 0 : top];
    return stated(shape ? p.dims(shape, 1) : sides.map(side => side[side.length === 1 ? 0 : top] ?? NaN), 'stated by dummy_data_param');
  });
};

const memory: DataLayer = call => {
  const p = call.parameters('memory_data_param');
  const batch = p.required('batch_size');
  const image = [batch, p.required('channels'), p.required('height'), p.required('width')];
  return forEachTop(call, top => stated(top === 0 ? image : [batch], 'stated by memory_data_param'));
};

/** The height and width that the images are brought to, if the layer says so. */
function sidesOf(call: LayerCall): { readonly sides: Sizes; readonly why: string } | undefined {
  const transform = call.parameters('transform_param');
  const sources = [call.parameters('data_param'), call.parameters('image_data_param'), call.parameters('window_data_param')];
  const crop = transform.int('crop_size', 0) || sources.reduce((known, p) => known || p.int('crop_size', 0), 0);
  if (crop > 0) return { sides: [crop, crop], why: `crop_size ${crop}` };
  if (transform.has('crop_h') && transform.has('crop_w')) return { sides: [transform.int('crop_h', NaN, 1), transform.int('crop_w', NaN, 1)], why: 'crop_h and crop_w' };
  const [resize] = transform.blocks('resize_param');
  const sides = resize ? ['height', 'width'].map(name => resize.fields.find(field => field.name === name)?.value).map(value => (value?.kind === 'number' ? value.value : 0)) : [];
  if (sides.length === 2 && sides.every(side => side > 0)) return { sides, why: 'resize_param' };
  const image = call.parameters('image_data_param');
  const stretched = [image.int('new_height', 0), image.int('new_width', 0)];
  return stretched.every(side => side > 0) ? { sides: stretched, why: 'new_height and new_width' } : undefined;
}

/** Images out of a database or files: their number is stated, and often what they are cut to; their channels hardly ever. */
const images: DataLayer = (call, defaults) => {
  const named = ['data_param', 'image_data_param', 'window_data_param', 'hdf5_data_param'] as const;
  const sources: readonly Parameters<'batch_size' | 'source'>[] = named.map(name => call.parameters(name));
  const batch = sources.reduce<number | undefined>((known, p) => known ?? (p.has('batch_size') ? p.int('batch_size', NaN, 1) : undefined), undefined) ?? defaults.batch;
  const source = sources.map(p => p.text('source')).find(text => text !== undefined) ?? '';
  const transform = call.parameters('transform_param');
  const grey = transform.flag('force_gray', false) || !call.parameters('image_data_param').flag('is_color', true);
  const means = transform.numbers('mean_value').length;
  const channels = grey ? 1 : means > 1 ? means : undefined;
  const cut = sidesOf(call);
  const known = knownSets.find(([pattern]) => pattern.test(source));
  const image = ((): DataBlob => {
    if (cut) {
      return {
        sizes: [batch, channels ?? known?.[2][0] ?? 3, ...cut.sides],
        origin: 'idiom',
        why: `${cut.why} of the data layer${channels === undefined ? ', with the three channels of colour images' : ''}`,
      };
    }
    if (known) return { sizes: [batch, ...known[2]], origin: 'inferred', why: `images of ${known[1]}, as the source's name says` };
    return {
      sizes: [batch, ...(channels === undefined ? defaults.shape : [channels, ...defaults.shape.slice(1)])],
      origin: 'setting',
      why: 'the file does not say the size of its images: the setting does',
    };
  })();
  return forEachTop(call, top => (top === 0 ? image : { sizes: [batch], origin: 'idiom', why: 'one label per image' }));
};

/** Rows are one per type here, too; a Python layer without bottoms is one of them. */
export const dataLayers: ReadonlyMap<string, DataLayer> = new Map<string, DataLayer>([
  ['Input', input], ['DummyData', dummy], ['MemoryData', memory],
  ...['Data', 'ImageData', 'WindowData', 'HDF5Data', 'AnnotatedData', 'VideoData', 'ImageSegData', 'DenseImageData'].map(type => [type, images] as const),
]);

/** A layer without bottoms that is none of these brings data in too, of a size that only its code knows. */
export const unknownData: DataLayer = images;
