/** Instances of one rule on one line → one finding: the one that costs most speaks, the others stand beside it. */
import { activationCount, counted, macCount, paramCount, percent } from '../base/format';
import { costOfNodes } from '../energy/model-energy';
import { shortName } from '../energy/text';
import type { Graph, Node } from '../graph/graph';
import type { ModelMetrics } from '../metrics/metrics';
import type { Finding, Fix, Observation, Rule, Severity, ShareOf, TargetDevice } from './define';

export interface Instance {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly model: { readonly graph: Graph; readonly metrics: ModelMetrics; readonly device?: TargetDevice };
  readonly observation: Observation;
  /** The rule's option `share`, where it has one. */
  readonly least: unknown;
}

/** Instances listed as related information; the message gives their true number. */
const maxRelated = 20;

export const severityOrder: readonly Severity[] = ['hint', 'info', 'warning', 'error'];

/** Undefined where the layers of the line are a smaller part of their model than the rule's option `share`. */
export function findingOf(group: readonly Instance[], nameModels: boolean, text: (uri: string) => string | undefined): Finding | undefined {
  const [worst = group[0], ...others] = [...group].sort((left, right) => right.observation.badness - left.observation.badness);
  if (!worst) throw new Error('a group has an instance');
  const { rule, observation } = worst;
  const label = (instance: Instance): string => (nameModels ? `${instance.model.graph.name}: ` : '') + instance.observation.path;
  const listed = others.length > 0 ? group.slice(0, maxRelated).map(instance => ({
    at: instance.observation.node?.site.applied ?? instance.observation.at,
    message: `${label(instance)}: ${instance.observation.message}`,
  })) : [];
  const share = shareOf(group.filter(instance => instance.model === worst.model));
  if (share !== undefined && typeof worst.least === 'number' && share < worst.least) return undefined;
  return {
    rule: rule.id, name: rule.name,
    severity: group.reduce<Severity>((highest, { severity }) => (severityOrder.indexOf(severity) > severityOrder.indexOf(highest) ? severity : highest), worst.severity),
    message: [observation.message, together(group, worst, label), ...(rule.advice === undefined ? [] : [`. ${rule.advice}`])].join(''),
    at: observation.at,
    related: [...(observation.related ?? []), ...listed],
    data: { ...observation.data, layer: observation.path, layers: group.length, ...(share === undefined ? {} : { share }) },
    ...fixesOf(group.filter(instance => instance.model === worst.model), rule.oncePerFile === true, observation, text),
  };
}

/** An edit serves all layers of the line only where one call makes them; what is said once for a file is done wherever it can be. */
function fixesOf(own: readonly Instance[], isOnce: boolean, { fix, remedies = [], node, at }: Observation, text: (uri: string) => string | undefined): { readonly fixes?: readonly Fix[] } {
  if (fix) return { fixes: [fix] };
  const source = remedies.length > 0 ? text(at.uri) : undefined;
  if (source === undefined) return {};
  const placeOf = (observation: Observation): number | undefined => observation.node?.site.declared.span.start;
  const elsewhere = new Map(own.filter(({ observation }) => placeOf(observation) !== node?.site.declared.span.start).map(({ observation }) => [placeOf(observation), observation]));
  if (elsewhere.size > 0 && !isOnce) return {};
  const others = [...elsewhere.values()].flatMap(({ remedies: [other] = [] }) => other?.edits({ uri: at.uri, text: source }) ?? []);
  const fixes = remedies.flatMap(({ edits, ...remedy }): Fix[] => {
    const written = edits({ uri: at.uri, text: source });
    if (!written || written.length === 0) return [];
    return [{ ...remedy, ...(others.length > 0 ? { title: `${remedy.title} in ${written.length + others.length} places` } : {}), edits: [...written, ...others] }];
  });
  return fixes.length > 0 ? { fixes } : {};
}

/** How many there are, which of them costs most, and what part of the model they are. */
function together(group: readonly Instance[], worst: Instance, label: (instance: Instance) => string): string {
  const own = group.filter(instance => instance.model === worst.model);
  const parts = partsOf(own);
  const part = parts.length > 0 ? parts.join(' and ') : '';
  if (group.length === 1) return part === '' ? '' : `; ${part}`;
  if (worst.observation.path === '') return part === '' ? '' : `; ${part}`;
  const models = new Set(group.map(instance => instance.model)).size;
  const among = own.length > 1 ? `, one of ${counted(own.length, 'layer')}${part === '' ? '' : ` with ${part}`}` : part === '' ? '' : `, ${part}`;
  return `; most in ${label(worst)}${among}${models > 1 ? ` (and more in ${counted(models - 1, 'other model')})` : ''}`;
}

const amounts: Readonly<Record<ShareOf, (amount: number) => string>> = { activations: activationCount, weights: paramCount, macs: macCount };
const wholes: Readonly<Record<ShareOf, string>> = { activations: 'of all activations moved', weights: 'of all weights', macs: 'of all MACs' };

function shareOf(own: readonly Instance[]): number | undefined {
  return own.some(({ observation }) => observation.share) ? Math.min(1, own.reduce((sum, { observation }) => sum + (observation.share?.part ?? 0), 0)) : undefined;
}

function partsOf(own: readonly Instance[]): readonly string[] {
  const [first] = own;
  const share = shareOf(own);
  const { share: kind, sayEnergy } = first?.observation ?? {};
  const saved = own.length > 1 ? own.reduce((sum, { observation: { saves } }) => sum + (saves?.amount ?? 0), 0) : 0;
  const saves = first?.observation.saves;
  const parts = saves && saved > 0 ? [`${amounts[saves.of](saved)} in all`] : share !== undefined && kind ? [`${percent(share)} ${wholes[kind.of]}`] : [];
  const answer = sayEnergy ? first?.model.device?.answer : undefined;
  if (!answer || 'problem' in answer) return parts;
  const cost = costOfNodes(answer, new Set(own.flatMap(({ observation: { node, nodes = [] } }) => [...(node ? [node] : []), ...nodes]).map((node: Node) => node.id)));
  return cost && cost.share > 0 ? [...parts, `${percent(cost.share)} of the energy on ${shortName(answer.estimate)}`] : parts;
}
