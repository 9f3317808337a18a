/** The 25 networks published with the DI model: their counts under `paper`, and time and power measured on two GPUs. Source: paper 2 (docs/metrics.md), Table 7. */

export type PublishedDevice = 'P100' | 'P4000';

export const publishedDevices: Readonly<Record<PublishedDevice, string>> = { P100: 'Tesla P100', P4000: 'Quadro P4000' };

/** Of one pass over a whole batch. */
export interface Measurement {
  readonly milliseconds: number;
  readonly watts: number;
}

export interface PublishedNetwork {
  readonly name: string;
  /** Side of the square input, three channels. */
  readonly inputPx: number;
  readonly macs: number;
  readonly params: number;
  readonly activations: number;
  /** Run in Caffe, by device and batch size. */
  readonly measured: Readonly<Record<PublishedDevice, Readonly<Record<1 | 4, Measurement>>>>;
}

type Pair = readonly [milliseconds: number, watts: number];
type Row = readonly [name: string, inputPx: number, macs: number, params: number, activations: number, p100Batch1: Pair, p100Batch4: Pair, p4000Batch1: Pair, p4000Batch4: Pair];

/** The counts are exact, made from the networks' public Caffe definitions (docs/reproduction.md); time and power are as printed. */
const rows: readonly Row[] = [
  ['AlexNet', 224, 722_941_184, 60_965_228, 2_045_360, [2.21, 37], [2.92, 50.8], [2.4, 60.5], [3.77, 68.6]],
  ['VGG-16', 224, 15_470_264_320, 138_357_544, 28_802_512, [9.19, 58.3], [21.83, 74.8], [10.5, 76], [34, 83.8]],
  ['NiN', 224, 1_100_188_800, 7_595_176, 3_811_344, [2.88, 35], [3.69, 59], [2.3, 59], [4.45, 73]],
  ['GoogLeNet', 224, 1_586_685_952, 6_998_556, 10_062_768, [10.64, 20.5], [12.5, 40.8], [8.36, 44.2], [11.5, 64.2]],
  ['Inception-V2', 231, 2_200_376_768, 11_188_224, 18_026_723, [18.54, 17.3], [21.4, 31.7], [14.5, 41.6], [19.7, 57]],
  ['Inception-V3', 299, 5_722_183_584, 23_834_568, 41_328_315, [29.4, 21.5], [39.8, 38.4], [24.91, 48.1], [38.12, 65.2]],
  ['Inception-V4', 299, 12_269_063_808, 42_679_816, 72_564_059, [55.83, 24], [71, 41.3], [41.45, 51.2], [72.5, 67]],
  ['ResNet-50', 224, 3_868_560_384, 25_557_096, 46_717_904, [15.47, 27.3], [23.6, 43.5], [14.56, 53.1], [29.2, 66.8]],
  ['ResNet-101', 224, 7_585_899_520, 44_549_160, 70_601_680, [32.06, 26], [42.83, 42], [26.5, 52.6], [48.7, 66]],
  ['ResNet-152', 224, 11_304_442_880, 60_192_808, 100_105_168, [46.42, 25.5], [62.1, 41.4], [38, 52.2], [69.6, 66.5]],
  ['ResNet101-V2', 224, 7_816_132_096, 44_541_480, 69_698_512, [32.26, 26.5], [43, 42.5], [26, 53], [49.44, 56.3]],
  ['ResNet152-V2', 224, 11_534_675_456, 60_185_128, 99_202_000, [44.13, 26.9], [63.13, 42.5], [38.38, 53.5], [71.3, 55.8]],
  ['Inception-ResNet-V2', 299, 13_169_313_152, 55_843_464, 94_723_579, [71.1, 24.7], [92.48, 44], [56.3, 50.3], [89.64, 70.4]],
  ['ResNext50-32x4d', 224, 4_782_866_176, 25_028_904, 66_770_960, [23.5, 25.8], [34.27, 41.2], [22.24, 50], [43.25, 64.5]],
  ['ResNext101-32x4d', 224, 9_083_512_576, 44_177_704, 102_022_160, [53.56, 22.8], [68, 37.1], [43.84, 47.7], [74.8, 63]],
  ['DenseNet-121', 224, 3_080_043_552, 7_978_856, 69_991_720, [35.82, 16.6], [47.32, 32.4], [30, 42], [52.02, 58.4]],
  ['DenseNet-169', 224, 3_716_167_840, 14_149_480, 86_356_776, [49.7, 16.3], [65.3, 31], [42, 41.8], [69.45, 56.5]],
  ['SqueezeNet-V1.0', 224, 847_596_576, 1_248_424, 12_295_904, [3.69, 22.2], [5.45, 43.1], [3.4, 46.1], [6.8, 65.5]],
  ['SqueezeNet-V1.1', 224, 349_151_936, 1_235_496, 7_198_432, [3.42, 17.3], [4.23, 31.4], [2.96, 41.1], [4.72, 56.6]],
  ['1.0-SqNxt-23', 224, 272_816_992, 717_280, 17_806_032, [22.35, 9.4], [24.22, 15.7], [18.41, 33.1], [22.34, 42]],
  ['1.0-SqNxt-23v5', 224, 225_096_464, 930_016, 14_062_416, [24.56, 8.3], [25.88, 14], [18, 32.4], [20.85, 40]],
  ['1.0-G-SqNxt-23', 224, 220_650_848, 543_072, 17_806_032, [24.27, 9.3], [25.81, 15.3], [18.8, 33.4], [22.22, 42.3]],
  ['MobileNet-V1', 224, 573_783_040, 4_231_976, 20_324_304, [27.71, 9.5], [93.97, 9.6], [19.1, 35], [64.4, 35.4]],
  ['MobileNet-V2', 224, 438_035_424, 3_505_960, 35_454_192, [42.9, 9.5], [140.11, 10.4], [30.3, 34.7], [98.23, 35.3]],
  ['XceptionNet', 299, 8_378_540_648, 22_855_952, 98_807_835, [124.92, 11.4], [468.16, 11.5], [87.2, 38.3], [324.36, 38.5]],
];

export const publishedNetworks: readonly PublishedNetwork[] = rows.map(([name, inputPx, macs, params, activations, p100Batch1, p100Batch4, p4000Batch1, p4000Batch4]) => ({
  name, inputPx, macs, params, activations,
  measured: { P100: { 1: measurement(p100Batch1), 4: measurement(p100Batch4) }, P4000: { 1: measurement(p4000Batch1), 4: measurement(p4000Batch4) } },
}));

function measurement([milliseconds, watts]: Pair): Measurement {
  return { milliseconds, watts };
}

/** Energy of one image: average power × time / batch. */
export function joulesPerImage(network: PublishedNetwork, device: PublishedDevice, batch: 1 | 4): number {
  const { milliseconds, watts } = network.measured[device][batch];
  return watts * milliseconds / 1000 / batch;
}
