/** `npm run validate-energy DATA`: holds every estimator against what was measured and was not fitted to, and writes docs/energy-validation.md. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Device } from '../src/energy/device';
import { readBoards } from './energy/boards';
import { boardJoules, boardSeconds, fitBoard } from './energy/calibrate-boards';
import { caffeUnseen, readCaffe } from './energy/calibrate-caffe';
import { desktopRatios, readDesktop } from './energy/calibrate-desktop';
import { fitTimm, intervalFactor } from './energy/calibrate-timm';
import { closedForms, closedFormRatios, publishedCounterRatios } from './energy/closed-forms';
import { factorAt, rankCorrelation } from './energy/figures';
import { decodingRatios, desktopDecodingRatios, readDecoding, readDesktopDecoding, servedOn } from './energy/language-models';
import { readServing, servingRatios } from './energy/serving';
import { readTimm } from './energy/timm';
import { table } from './generate/markdown';
import { commit, root } from './generate/outputs';

/** Error factors at 50, 80 and 95 % of the cases. */
function factors(ratios: readonly number[]): string {
  return ratios.length === 0 ? '–' : [0.5, 0.8, 0.95].map(share => factorAt(ratios, share).toFixed(2)).join(' / ');
}

/** Share of the pairs, those more than 1 % apart, that are put in the right order. */
function pairsRight(predicted: readonly number[], measured: readonly number[]): number {
  let [right, all] = [0, 0];
  for (let i = 0; i < measured.length; i++) {
    // Every seventh other one is enough of half a million pairs.
    for (let j = i + 1; j < measured.length; j += 7) {
      const apart = Math.log((measured[i] ?? 1) / (measured[j] ?? 1));
      if (Math.abs(apart) < 0.01) continue;
      all++;
      if (apart * Math.log((predicted[i] ?? 1) / (predicted[j] ?? 1)) > 0) right++;
    }
  }
  return right / all;
}

function latencySection(measured: string, devices: readonly Device[]): string {
  const timm = readTimm(measured);
  const accuracy: string[][] = [];
  const baselines: string[][] = [];
  const ranks: string[][] = [];
  for (const stack of timm.stacks) {
    const device = devices.find(each => each.id === stack.device);
    if (!device) throw new Error(`devices.json has no ${stack.device}`);
    const { rows, unseen } = fitTimm(timm, stack, device);
    const ratios = unseen.map(({ row, predicted }) => predicted / row.seconds);
    const predicted = unseen.map(each => each.predicted / each.row.batch);
    const times = unseen.map(({ row }) => row.seconds / row.batch);
    const factor = intervalFactor(ratios);
    const name = `${stack.device} ${stack.precision} ${stack.layout} ${stack.torch} ${stack.mode}`;
    const covered = ratios.filter(ratio => Math.abs(Math.log(ratio)) <= Math.log(factor)).length / ratios.length;
    accuracy.push([name, String(rows.length), factors(ratios), rankCorrelation(predicted, times).toFixed(3), pairsRight(predicted, times).toFixed(3), `${(100 * covered).toFixed(0)} %`]);
    baselines.push([name, factors(ratios), ...closedForms.map(form => factors(closedFormRatios(form, rows))), factors(publishedCounterRatios(rows))]);
    const perMac = rows.map(row => row.batch / row.seconds * row.macs);
    ranks.push([name, rankCorrelation(rows.map(row => row.di), perMac).toFixed(2), rankCorrelation(rows.map(row => row.macs / row.activations), perMac).toFixed(2)]);
  }
  return `## Time of image models on twenty stacks

Throughputs published with timm, at the batch they were measured at; each family of networks is predicted by constants fitted to all others. Networks that were benchmarked after their
branches had been joined are left out. Factors hold for 50 / 80 / 95 % of the networks; ρ is Spearman's; a pair counts as ordered when the two times are more than 1 % apart. The interval
that is shown covers the share of unseen networks in the last column.

${table(['stack', 'networks', 'error factor 50 / 80 / 95 %', 'ρ', 'pairs in order', 'interval covers'], accuracy)}

The same networks from totals alone, fitted and left out alike. *Counter* is a · GMACs + b · activations of the counter that is published with the throughputs.

${table(['stack', 'by operators', ...closedForms.map(form => form.name), 'counter'], baselines)}

DI against throughput per MAC, all networks of a stack, Spearman's ρ; beside it M_c/A, activation reuse alone.

${table(['stack', 'DI', 'M_c/A'], ranks)}
`;
}

function boardSection(measured: string): string {
  const rows: string[][] = [];
  const [allTimes, allEnergies]: [number[], number[]] = [[], []];
  for (const stack of readBoards(measured)) {
    const fitted = fitBoard(stack, stack.rows.filter(row => /v1|v3/.test(row.family)));
    const tested = stack.rows.filter(row => /v2|lite/.test(row.family));
    const times = tested.map(row => boardSeconds(stack, fitted, row) / row.seconds);
    const energies = tested.map(row => boardJoules(stack, fitted, row) / row.joules);
    allTimes.push(...times);
    allEnergies.push(...energies);
    rows.push([`${stack.device} ${stack.software} ${stack.precision}`, String(tested.length), factors(times), factors(energies)]);
  }
  rows.push(['all', String(allTimes.length), factors(allTimes), factors(allEnergies)]);
  return `## Energy of single-board computers

Fitted to MobileNet V1 and V3, held against MobileNet V2 and EfficientNet-Lite: whole board at the wall, time estimated too.

${table(['stack', 'runs', 'time', 'energy'], rows)}
`;
}

async function main(args: readonly string[]): Promise<number> {
  const [folder] = args;
  if (folder === undefined) {
    console.error('validate-energy: name the folder that holds measured/ and caffe/: npm run validate-energy DATA');
    return 2;
  }
  const measured = join(folder, 'measured');
  const devices = JSON.parse(readFileSync(join(root, 'server/src/energy/data/devices.json'), 'utf8')) as readonly Device[];
  const caffe = await readCaffe(join(folder, 'caffe'));
  const caffeRows = (['P100', 'P4000'] as const).map(name => {
    const device = devices.find(each => each.id === name.toLowerCase());
    if (!device) throw new Error(`devices.json has no ${name}`);
    const { times, energies } = caffeUnseen(device, caffe[name]);
    return [`${name}, batches of 1 and 4`, String(times.length), factors(times), factors(energies)];
  });
  const text = `# How far off the estimates are

Written by \`npm run validate-energy\`; [energy.md](energy.md) says what is estimated how. No figure here is of a network that the constants were fitted to.

${latencySection(measured, devices)}
${boardSection(measured)}
## Energy of a PC with an RTX 4090

Thirty Keras networks at batches of 4 and 16, read off a meter at the wall (whose own step is 9 %), time known, each family left out in turn: ${factors(desktopRatios(readDesktop(measured)))}.

## P100 and P4000 with Caffe

The 25 networks published with the DI model, each family left out in turn.

${table(['device', 'points', 'time', 'energy'], caffeRows)}

## Decoding, one token after the other

Llama 3 of 8 and 70 B on single devices with llama.cpp, each device left out in turn: time ${factors(decodingRatios(readDecoding(measured)))}. Energy of a PC with an RTX 4090 at the wall, ${
  readDesktopDecoding(measured).length} models, time known, each left out in turn: ${factors(desktopDecodingRatios(readDesktopDecoding(measured)))}.

## Serving many sequences at once

Dense language models from 8 to 405 B with vLLM, each model left out in turn: time of a step, and joules of a token with the time estimated too.

${table(['accelerator', 'points', 'time', 'energy'], servedOn(devices).map(({ gpu, speed, watts }) => {
    const rows = readServing(measured, gpu);
    const { times, energies } = servingRatios(rows, speed, watts);
    return [gpu, String(rows.length), factors(times), factors(energies)];
  }))}
## Accelerators

Totals and breakdowns of an exhaustive row-stationary mapper for AlexNet and VGG-16 are held to 3 % and 3 points by the tests (\`server/src/energy/hierarchy/accelerator.test.ts\`), GoogLeNet's to 3 %
by hand: 11.13 of 11.32 × 10⁹. No traffic lies below what any order of the loops must move. Published absolute energies are up to 1.4 times higher.
`;
  for (const path of commit([{ path: 'docs/energy-validation.md', text: `${text.trimEnd()}\n` }], false)) console.log(`wrote ${path}`);
  return 0;
}

void main(process.argv.slice(2)).then(code => { process.exitCode = code; });
