/** In what order channels are removed when energy decides, as energy-aware pruning does (Yang, Chen, Sze): what saves most comes first, and everything is worked out again after each step. */
import type { PrunableChannels, Pruning, PruningStep } from '../../../../shared/src/report';
import type { Graph } from '../../graph/graph';
import type { ModelMetrics } from '../../metrics/metrics';
import { answer, catalogueFor, type Catalogue, type EnergyRequest } from '../answer';
import type { Estimate } from '../estimate';
import type { Geometry } from '../geometry';
import { workloadOfModel, type Work, type Workload } from '../work';
import { partLeft, type Slot } from './channels';
import { followChannels, type Followed, type NodeChannels } from './follow';

/** What is said is in millijoules, as everywhere in a report. */
const perJoule = 1e3;
/** Of a group's channels, removed in one step. */
const perStep = 8;
/** Of a group's channels, this much stays. */
const leastLeft = 4;
const enough = 0.5;
const mostSteps = 400;
/** What saves nearly as much is as good. */
const alike = 0.99;

export function pruningOrder(graph: Graph, metrics: ModelMetrics, request: EnergyRequest, catalogue: Catalogue = catalogueFor(request)): Pruning | { readonly problem: string } {
  const workload = workloadOfModel(metrics, graph);
  if (workload.lowerBound) return { problem: 'something in the model is not known, so that removing it cannot be weighed against the rest' };
  const given = answer(request, workload, catalogue);
  if ('problem' in given) return given;
  const { estimate } = given;
  if (estimate.energy.estimate === undefined) return { problem: `there is only a range for this software on ${estimate.deviceName}, and no figure to compare layers by` };
  const pruning = new Order(workload, followChannels(graph), { ...request, batch: estimate.batch }, catalogue);
  return pruning.order(graph, estimate, estimate.energy.estimate);
}

class Order {
  private readonly left = new Map<Slot, number>();
  /** Where each group is made or read. */
  private readonly worksOf = new Map<Slot, readonly Work[]>();
  private readonly saved = new Map<Slot, number>();

  constructor(
    private readonly workload: Workload, private readonly followed: Followed, private readonly request: EnergyRequest, private readonly catalogue: Catalogue,
  ) {
    for (const group of followed.groups) {
      this.left.set(group, group.channels);
      this.worksOf.set(group, workload.works.filter(({ node }) => touches(followed.nodes.get(node), group)));
    }
  }

  order(graph: Graph, estimate: Estimate, joules: number): Pruning {
    const paths = new Map(graph.nodes.map(node => [node.id, node.path || node.type]));
    const layersOf = (group: Slot): readonly string[] => [...new Set(group.makers.map(id => paths.get(id) ?? ''))];
    const costs = new Map<number, number>();
    for (const layer of estimate.layers) costs.set(layer.node, (costs.get(layer.node) ?? 0) + (layer.joules ?? 0));
    const first = new Map(this.followed.groups.map(group => [group, this.savedBy(group)]));
    const steps = this.steps(joules, layersOf);
    const groups = this.followed.groups.map((group): PrunableChannels => {
      const own = group.makers.reduce((sum, id) => sum + (costs.get(id) ?? 0), 0);
      const { channels } = group;
      return {
        layers: layersOf(group), channels, millijoules: own * perJoule, share: joules > 0 ? own / joules : 0, savedPerChannel: (first.get(group) ?? 0) * perJoule,
        left: this.left.get(group) ?? channels,
      };
    }).sort((a, b) => b.savedPerChannel - a.savedPerChannel);
    const fixedChannels = this.followed.fixed.reduce((sum, { channels }) => sum + channels, 0);
    const { device, stack, dtype, batch } = estimate;
    return { device, stack, dtype, batch, millijoules: joules * perJoule, groups, steps, fixedChannels };
  }

  private steps(joules: number, layersOf: (group: Slot) => readonly string[]): readonly PruningStep[] {
    const steps: PruningStep[] = [];
    let now = joules;
    while (steps.length < mostSteps && now > enough * joules) {
      const best = this.most();
      if (!best) break;
      const [from, to, savedPerChannel] = [this.left.get(best) ?? 0, this.next(best), this.savedBy(best)];
      this.left.set(best, to);
      // What shares an operator with it saves less, or more, from now on.
      const changed = new Set(this.worksOf.get(best));
      for (const [group, works] of this.worksOf) if (works.some(work => changed.has(work))) this.saved.delete(group);
      now = this.joulesOf(this.workload.works) ?? now;
      steps.push({ layers: layersOf(best), from, to, savedPerChannel: savedPerChannel * perJoule, millijoules: now * perJoule });
    }
    return steps;
  }

  /** The group whose next channels save most; of those that save as much the one that most is left of. */
  private most(): Slot | undefined {
    const possible = this.followed.groups.filter(group => this.next(group) < (this.left.get(group) ?? 0) && this.savedBy(group) > 0);
    const highest = Math.max(...possible.map(group => this.savedBy(group)));
    const [best] = possible.filter(group => this.savedBy(group) >= highest * alike).sort((a, b) => this.partLeft(b) - this.partLeft(a));
    return best;
  }

  private partLeft(group: Slot): number {
    return (this.left.get(group) ?? 0) / group.channels;
  }

  /** Channels of a group after another step. */
  private next(group: Slot): number {
    const least = Math.max(1, Math.ceil(group.channels / leastLeft));
    return Math.max(least, (this.left.get(group) ?? 0) - Math.max(1, Math.round(group.channels / perStep)));
  }

  private savedBy(group: Slot): number {
    const known = this.saved.get(group);
    if (known !== undefined) return known;
    const works = this.worksOf.get(group) ?? [];
    const [from, to] = [this.left.get(group) ?? 0, this.next(group)];
    const before = this.joulesOf(works) ?? 0;
    this.left.set(group, to);
    const after = this.joulesOf(works) ?? before;
    this.left.set(group, from);
    const saved = from > to ? (before - after) / (from - to) : 0;
    this.saved.set(group, saved);
    return saved;
  }

  private joulesOf(works: readonly Work[]): number | undefined {
    if (works.length === 0) return 0;
    const kept = (group: Slot): number => (this.left.get(group) ?? group.channels) / group.channels;
    const given = answer(this.request, { works: works.map(work => shrunk(work, this.followed.nodes.get(work.node), kept)), lowerBound: false }, this.catalogue);
    return 'problem' in given ? undefined : given.estimate.energy.estimate;
  }
}

function touches(channels: NodeChannels | undefined, group: Slot): boolean {
  const has = (segments: NodeChannels['output']): boolean => segments?.some(each => each.group?.root === group) === true;
  return channels !== undefined && (has(channels.output) || channels.inputs.some(({ segments }) => has(segments)));
}

/** The same operator with fewer channels going in and out. */
function shrunk(work: Work, channels: NodeChannels | undefined, kept: (group: Slot) => number): Work {
  if (!channels) return work;
  const parts = channels.inputs.map(({ segments, elements }) => ({ part: partLeft(segments, kept), elements }));
  const read = parts[0]?.part ?? 1;
  const all = parts.reduce((sum, { elements }) => sum + elements, 0);
  const reads = all > 0 ? parts.reduce((sum, { part, elements }) => sum + part * elements, 0) / all : 1;
  const written = channels.output ? partLeft(channels.output, kept) : 1;
  if (reads === 1 && written === 1) return work;
  const pairs = work.workClass === 'standard' || work.workClass === 'pointwise' || work.workClass === 'dense';
  const { geometry } = work;
  return {
    ...work, macs: work.macs * (pairs ? read * written : Math.min(read, written)), inElements: work.inElements * reads, outElements: work.outElements * written,
    weightElements: work.weightElements * (pairs ? read * written : written), ...(geometry ? { geometry: smaller(geometry, work, read, written) } : {}),
  };
}

function smaller(geometry: Geometry, { workClass }: Work, read: number, written: number): Geometry {
  if (workClass === 'depthwise') return { ...geometry, groups: Math.max(1, Math.round(geometry.groups * written)) };
  const fewer = (channels: number, part: number): number => Math.max(1, Math.round(channels * part));
  return { ...geometry, inChannels: fewer(geometry.inChannels, read), outChannels: fewer(geometry.outChannels, written) };
}
