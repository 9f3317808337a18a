/** `npm run validate-energy DATA`: holds every estimator against what was measured and was not fitted to, and writes docs/energy-validation.md. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Device } from '../src/energy/device';
import { readBoards } from './energy/boards';
import { boardJoules, boardSeconds, fitBoard, type FittedBoard } from './energy/calibrate-boards';
import { caffeJoules, caffeSeconds, caffeUnseen, fitCaffe, readCaffe, type CaffeRow, type FittedCaffe } from './energy/calibrate-caffe';
import { desktopCoverage, desktopRatios, readDesktop } from './energy/calibrate-desktop';
import { fitTimm, timmCoverage } from './energy/calibrate-timm';
import { closedForms, closedFormRatios, publishedCounterRatios } from './energy/closed-forms';
import { coverage, coverageText, type Covered } from './energy/coverage';
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
  const all: Covered[] = [];
  for (const stack of timm.stacks) {
    const device = devices.find(each => each.id === stack.device);
    if (!device) throw new Error(`devices.json has no ${stack.device}`);
    const { rows, unseen } = fitTimm(timm, stack, device);
    const ratios = unseen.map(({ row, predicted }) => predicted / row.seconds);
    const predicted = unseen.map(each => each.predicted / each.row.batch);
    const times = unseen.map(({ row }) => row.seconds / row.batch);
    const name = `${stack.device} ${stack.precision} ${stack.layout} ${stack.torch} ${stack.mode}`;
    const covered = timmCoverage(timm, stack, device);
    all.push(covered);
    accuracy.push([name, String(rows.length), factors(ratios), rankCorrelation(predicted, times).toFixed(3), pairsRight(predicted, times).toFixed(3), coverageText(covered)]);
    baselines.push([name, factors(ratios), ...closedForms.map(form => factors(closedFormRatios(form, rows))), factors(publishedCounterRatios(rows))]);
    const perMac = rows.map(row => row.batch / row.seconds * row.macs);
    ranks.push([name, rankCorrelation(rows.map(row => row.di), perMac).toFixed(2), rankCorrelation(rows.map(row => row.macs / row.activations), perMac).toFixed(2)]);
  }
  return `## Time of image models on twenty stacks

Throughputs published with timm, at the batch they were measured at; each family of networks is predicted by constants fitted to all others. Networks that were benchmarked after their
branches had been joined are left out. Factors hold for 50 / 80 / 95 % of the networks; ρ is Spearman's; a pair counts as ordered when the two times are more than 1 % apart.

The last column is a check of the interval that is shown, which is meant to cover 80 %: a fifth of the families is put away, constants and interval are made from the others alone, and counted
is how many networks of that fifth lie within it. Five times, all stacks together: ${coverageText(...all)}.

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
  const [coveredTimes, coveredEnergies]: [Covered[], Covered[]] = [[], []];
  for (const stack of readBoards(measured)) {
    const fitted = fitBoard(stack, stack.rows.filter(row => /v1|v3/.test(row.family)));
    const tested = stack.rows.filter(row => /v2|lite/.test(row.family));
    const times = tested.map(row => boardSeconds(stack, fitted, row) / row.seconds);
    const energies = tested.map(row => boardJoules(stack, fitted, row) / row.joules);
    const fit = (some: typeof stack.rows): FittedBoard => fitBoard(stack, some);
    const mobile = stack.rows.filter(row => row.family !== 'resnet');
    const covered = [
      coverage(mobile, fit, (made, row) => boardSeconds(stack, made, row), row => row.seconds), coverage(mobile, fit, (made, row) => boardJoules(stack, made, row), row => row.joules),
    ] as const;
    coveredTimes.push(covered[0]);
    coveredEnergies.push(covered[1]);
    allTimes.push(...times);
    allEnergies.push(...energies);
    rows.push([`${stack.device} ${stack.software} ${stack.precision}`, String(tested.length), factors(times), factors(energies), coverageText(covered[0]), coverageText(covered[1])]);
  }
  rows.push(['all', String(allTimes.length), factors(allTimes), factors(allEnergies), coverageText(...coveredTimes), coverageText(...coveredEnergies)]);
  return `## Energy of single-board computers

Fitted to MobileNet V1 and V3, held against MobileNet V2 and EfficientNet-Lite: whole board at the wall, time estimated too. The last columns
tell how many networks of a family that is put away (V1, V2, V3 and Lite in turn) the interval of time and that of energy cover, made from the other three.

${table(['stack', 'runs', 'time', 'energy', 'time covered', 'energy covered'], rows)}
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
    const rows = caffe[name];
    const { times, energies } = caffeUnseen(device, rows);
    const fit = (some: readonly CaffeRow[]): FittedCaffe => fitCaffe(device, some);
    return [
      `${name}, batches of 1 and 4`, String(times.length), factors(times), factors(energies),
      coverageText(coverage(rows, fit, caffeSeconds, row => row.seconds)), coverageText(coverage(rows, fit, caffeJoules, row => row.joules)),
    ];
  });
  const text = `# How far off the estimates are

Written by \`npm run validate-energy\`; [energy.md](energy.md) says what is estimated how. No figure here is of a network that the constants were fitted to.

${latencySection(measured, devices)}
${boardSection(measured)}
## Energy of a PC with an RTX 4090

Thirty Keras networks at batches of 4 and 16, read off a meter at the wall (whose own step is 9 %), time known, each family left out in turn: ${factors(desktopRatios(readDesktop(measured)))}.
With a fifth of the families put away, the interval made from the others covers ${coverageText(desktopCoverage(readDesktop(measured)))} of it.

## P100 and P4000 with Caffe

The 25 networks published with the DI model, each family left out in turn.

${table(['device', 'points', 'time', 'energy', 'time covered', 'energy covered'], caffeRows)}

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
