/** grammars/device.schema.json: what a device file may hold, for completion in editors; `energy/device-file` is what reads it. */
import { deviceKinds, factNames, type FactName } from '../../src/energy/device';
import { deviceFileSchema } from '../../src/energy/device-file';
import { sensibleRange } from '../../src/energy/sensible';
import { constantNames } from '../../src/energy/stack-time';
import type { Output } from './outputs';

export const deviceSchemaFile = 'grammars/device.schema.json';

type Schema = Readonly<Record<string, unknown>>;

const text = (description: string): Schema => ({ type: 'string', minLength: 1, description });
const above = (description: string): Schema => ({ type: 'number', exclusiveMinimum: 0, description });
const least = (description: string): Schema => ({ type: 'number', minimum: 0, description });
/** Within what its unit makes sensible; where nothing is a figure too, to the end of that. */
const inUnit = (name: string, schema: Schema): Schema => {
  const range = sensibleRange(name);
  return range ? { ...schema, ...('exclusiveMinimum' in schema ? { minimum: range[0] } : {}), maximum: range[1] } : schema;
};
const factor = (description: string): Schema => ({ type: 'number', minimum: 1, exclusiveMaximum: 1000, description });
const object = (description: string, properties: Schema, required: readonly string[], open = false): Schema =>
  ({ type: 'object', description, properties, required, ...(open ? {} : { additionalProperties: false }) });

const facts: Readonly<Record<FactName, string>> = {
  matrixMacsPerSecond: 'Peak of 16-bit products, MAC/s (half of FLOP/s).', vectorMacsPerSecond: 'Peak in float32, MAC/s.', int8MacsPerSecond: 'Peak in int8, MAC/s.',
  bandwidthBytesPerSecond: 'Of its memory, bytes/s.', memoryBytes: 'Memory for weights and activations, bytes.', cacheBytes: 'Last level of cache, bytes.',
  bufferBytes: 'RAM of a microcontroller, or memory on the chip, bytes.', flashBytes: 'Flash for weights, bytes.', maximumWatts: 'Power limit, W.', idleWatts: 'At rest, W.',
  loadWatts: 'Under load, W.',
};

const rates: Readonly<Record<string, string>> = {
  launchSeconds: 'Least time of an operator, s.', convolutionRate: 'Standard convolutions, MAC/s.', matrixRate: '1×1 convolutions and dense layers, MAC/s.',
  groupRate: 'Group convolutions, MAC/s.',
  depthwiseRate: 'Depthwise convolutions, MAC/s.', productRate: 'Attention and other products, MAC/s.', bandwidth: 'Effective traffic, bytes/s.',
  scaleShare: 'Share of the bytes of batch normalisation that costs time.',
  normalizationShare: 'The same of other normalisations and softmax.', activationShare: 'The same of activation functions.', elementwiseShare: 'The same of other elementwise work and pooling.',
  fixedSeconds: 'Of every run, s.', callSeconds: 'Of every convolution and dense layer, s.',
};

const includes: Schema = { enum: ['chip', 'board', 'wall'], description: 'What the joules include: the chip and its memory, the board or card, or all that hangs on the plug.' };

function profile(): Schema {
  return object('Software measured on it.', {
    device: text('The id of the device above.'), stack: text('As `--stack` takes it.'), kind: text('Kind of software: eager, compiled, cpu-compiled, mobile, caffe, microcontroller, measured.'),
    software: text('In words.'), dtype: { enum: ['float32', 'float16', 'bfloat16', 'int16', 'int8', 'int4'], description: 'Element type.' },
    execution: object('How it runs what it is given.', {
      activationBytes: inUnit('activationBytes', above('Bytes of an activation.')), weightBytes: inUnit('weightBytes', above('Bytes of a weight on its way.')),
      fuses: { type: 'boolean', description: 'Normalisations by constants and activation functions are no work of their own.' },
      loopsOverGroups: { type: 'boolean', description: 'A convolution by groups is a loop over them.' },
    }, ['activationBytes', 'weightBytes']),
    constants: object('What the time is made of (docs/energy.md).', Object.fromEntries(constantNames.map(name =>
      [name, inUnit(name, /Rate$|^bandwidth$/.test(name) ? above(rates[name] ?? '') : least(rates[name] ?? ''))])), constantNames),
    batches: { type: 'array', items: above('A batch.'), minItems: 2, maxItems: 2, description: 'The least and the most batch that was measured.' },
    factor: factor('80 % of other networks lie within this factor of the time.'), factor95: factor('And 95 % within this one.'), networks: above('How many networks were measured.'),
    power: object('Measured: base · t + per MAC + per byte. Otherwise a range, from lowWatts to highWatts.', {
      baseWatts: inUnit('baseWatts', least('W while it runs.')), joulesPerMac: inUnit('joulesPerMac', least('J per MAC.')), joulesPerByte: inUnit('joulesPerByte', least('J per byte.')),
      maximumWatts: inUnit('maximumWatts', above('No more than this, W.')), lowWatts: inUnit('lowWatts', least('W.')), highWatts: inUnit('highWatts', least('W.')), includes,
      factor: factor('80 % lie within it, given their time.'), source: text('Where it comes from.'),
    }, ['includes', 'factor', 'source']),
    energyFactor: factor('80 % of other networks lie within this factor of the energy.'), source: text('Where the figures come from.'),
  }, ['device', 'stack', 'kind', 'software', 'dtype', 'execution', 'constants', 'batches', 'factor', 'factor95', 'networks', 'power', 'source'], true);
}

export function deviceSchema(): Output {
  const fact = (name: FactName): Schema => object(facts[name], {
    value: {
      description: 'The figure, or the least and the most of it.',
      anyOf: [inUnit(name, above('The figure.')), { type: 'array', items: inUnit(name, above('An end.')), minItems: 2, maxItems: 2 }],
    },
    source: text('Where it comes from.'), effective: { type: 'boolean', description: 'What it comes to in use, and no datasheet’s limit.' },
  }, ['value', 'source']);
  const costs = (description: string, names: readonly string[]): Schema => object(description, Object.fromEntries(names.map(name => [name, least(`pJ of a word: ${name}.`)])), names);
  const hierarchy = object('Of an accelerator that plans its own data movement, in place of profiles.', {
    wordBits: above('Bits of a word.'), processingElements: above('How many.'), macsPerSecond: above('MAC/s of all of them.'), registerWords: above('Words of all register files together.'),
    bufferWords: above('Words of the buffer.'),
    picojoules: costs('What a MAC and an access cost.', ['mac', 'registerFile', 'array', 'buffer', 'dram']), dramWordsPerSecond: above('Words per second from memory.'),
    idleWatts: above('Drawn whatever it does, W.'), source: text('Where it comes from.'),
  }, ['wordBits', 'processingElements', 'macsPerSecond', 'registerWords', 'bufferWords', 'picojoules', 'source']);
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#', title: 'JouleLint device',
    ...object('A device of your own: `joulelint calibrate` writes such a file, and `--device` and the setting `joulelint.device` take it.', {
      schema: { const: deviceFileSchema, description: 'Version of this format.' },
      device: object('What is known of it.', {
        id: text('Short name.'), name: text('As people call it.'), kind: { enum: deviceKinds, description: 'What it is.' }, memory: text('Technology of its memory.'),
        facts: { ...object('Figures of its datasheet.', Object.fromEntries(factNames.map(name => [name, fact(name)])), []) }, hierarchy,
      }, ['id', 'name', 'kind']),
      profiles: { type: 'array', items: profile(), description: 'Software measured on it.' },
    }, ['schema', 'device']),
  };
  return { path: deviceSchemaFile, text: `${JSON.stringify(schema, null, 2)}\n` };
}
