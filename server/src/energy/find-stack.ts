/** Finds software by the words people use for it. */
import { editDistance } from '../../../shared/src/edit-distance';
import { shortDeviceName, type Device, type StackProfile } from './device';
import { plain } from './find';

const synonyms: Readonly<Record<string, string>> = {
  compiled: 'dynamo', compile: 'dynamo', inductor: 'dynamo', torchcompile: 'dynamo', uint8: 'int8', u8: 'int8', i8: 'int8', quantized: 'int8', float32: 'fp32', f32: 'fp32', single: 'fp32',
  float16: 'amp', fp16: 'amp', f16: 'amp', half: 'amp', autocast: 'amp', bfloat16: 'bf16', channelslast: 'nhwc', channelsfirst: 'nchw', tensorflowlite: 'tflite', acl: 'armnn',
  ampbf16: 'amp_bf16', ampbfloat16: 'amp_bf16', ampfp16: 'amp', ampfloat16: 'amp',
};
/** Said of a stack without choosing one. */
const idle: ReadonlySet<string> = new Set(['pytorch', 'torch', 'gpu', 'cpu', 'cuda', 'inference', 'neon4', 'v', '']);

function wordsOf(stack: string): readonly string[] {
  return stack.toLowerCase().split(/[\s,/]+/).flatMap(part => part.split('-'))
    .map(word => word.replace(/^(?:pytorch|torch|pt|v)(?=\d)/, ''))
    .map(word => synonyms[word.replace(/[^a-z0-9]/g, '')] ?? word).filter(word => !idle.has(word));
}

function isVersion(word: string): boolean {
  return /^\d+(\.\d+)*$/.test(word);
}

/** `2.9` asks for 2.9.1, and so does `2`. */
function meets(profile: readonly string[], asked: string): boolean {
  return profile.some(word => word === asked || (isVersion(asked) && isVersion(word) && `${word}.`.startsWith(`${asked}.`)));
}

/** Those that are everything that is asked for; all of them when nothing is. */
export function matchingStacks(asked: string | undefined, profiles: readonly StackProfile[]): readonly StackProfile[] {
  if (asked === undefined || asked.trim() === '') return profiles;
  const exact = profiles.filter(profile => plain(profile.stack) === plain(asked));
  if (exact.length > 0) return exact;
  const words = wordsOf(asked);
  return profiles.filter(profile => {
    const known = [...wordsOf(profile.stack), ...wordsOf(profile.dtype)];
    return words.every(word => meets(known, word));
  });
}

/** What most people would run today: the newest version, eager, channels first, as the model was written. */
export function usualStack(profiles: readonly StackProfile[]): StackProfile | undefined {
  const rank = ({ stack, kind }: StackProfile): number => {
    const version = (/\d+\.\d+(?:\.\d+)?/.exec(stack)?.[0] ?? '0').split('.').reduce((sum, part, index) => sum + Number(part) / 100 ** index, 0);
    return version * 10 + (kind === 'compiled' ? 0 : 2) + (/nhwc/.test(stack) ? 0 : 1) + (/bf16/.test(stack) ? 0 : 0.5) - (/amp_bf16/.test(stack) ? 0.1 : 0) + (/tflite/.test(stack) ? 0.5 : 0) - (/int8/.test(stack) ? 0.2 : 0);
  };
  return [...profiles].sort((a, b) => rank(b) - rank(a))[0];
}

/** Software that people run and that nobody measured here: it is answered by a range. */
const unmeasured: ReadonlySet<string> = new Set(`tensorrt trt onnxruntime onnx ort openvino tvm xla jax flax tensorflow tf keras mlx coreml llama.cpp llamacpp ollama vllm tgi ncnn mnn
  snpe qnn caffe2 darknet mxnet paddle torchscript jit export executorch deepspeed ggml gguf mps metal rocm hip vulkan opencl cudnn cublas graph graphs engine runtime lite micro tflm
  x cube ai cmsis nn nnapi xnnpack delegate edgetpu tf32 fp8 fp4 int4 int16 i16 i4 q4 q8`.split(/\s+/));

const vocabularies = new WeakMap<readonly StackProfile[], ReadonlySet<string>>();

/** Every word that some software goes by; collected once. */
function wordsKnown(profiles: readonly StackProfile[]): ReadonlySet<string> {
  const collected = vocabularies.get(profiles);
  if (collected) return collected;
  const measured = profiles.flatMap(({ stack, software, dtype }) => [...wordsOf(stack), ...wordsOf(software.replace(/[()]/g, ' ')), ...wordsOf(dtype)]);
  const words = new Set([...measured, ...unmeasured, ...Object.keys(synonyms)]);
  vocabularies.set(profiles, words);
  return words;
}

/** What a misspelt name of software was meant to be; undefined where every word is one, or a version. */
export function stackProblem(asked: string | undefined, device: Device, own: readonly StackProfile[], all: readonly StackProfile[]): string | undefined {
  if (asked === undefined) return undefined;
  if (own.some(({ stack }) => plain(stack) === plain(asked))) return undefined;
  const known = wordsKnown(all);
  const wrong = wordsOf(asked).find(word => !known.has(word) && !/\d/.test(word.slice(-1)));
  if (wrong === undefined) return undefined;
  const [nearest] = [...known].filter(word => word.length > 2).map(word => ({ word, distance: editDistance(wrong, word) })).sort((a, b) => a.distance - b.distance);
  const meant = nearest && nearest.distance <= Math.max(1, wrong.length / 3) ? `; did you mean ${nearest.word}?` : '.';
  const here = own.length > 0 ? `Measured on ${shortDeviceName(device.name)}: ${own.map(({ stack }) => stack).join('; ')}` : `joulelint devices ${device.id} lists what it is estimated with`;
  return `there is no software ${wrong}${meant} ${here}`;
}

const typeOfWord: Readonly<Record<string, string>> = { fp32: 'float32', amp: 'float16', bf16: 'bfloat16', amp_bf16: 'bfloat16', int8: 'int8', int4: 'int4', int16: 'int16' };

/** The element type that a name of software says. */
export function typeOfStack(asked: string | undefined): string | undefined {
  return asked === undefined ? undefined : wordsOf(asked).map(word => (Object.hasOwn(typeOfWord, word) ? typeOfWord[word] : undefined)).find(type => type !== undefined);
}
