/** Runs the rules over the models of a file: one finding per rule and source range, ignore comments applied. */
import type { RuleSetting } from '../../../shared/src/settings';
import { counted } from '../base/format';
import type { Location } from '../base/span';
import type { Graph } from '../graph/graph';
import type { ModelMetrics } from '../metrics/metrics';
import type { Finding, Level, Observation, OptionValues, Rule, RuleOptions, Severity } from './define';
import { allRules } from './registry.generated';
import { rule as unusedIgnore } from './JL902-unused-ignore';
import { suppressing, suppressionsOf, type FileSuppressions, type Suppression } from './suppress';

export interface RulesRequest {
  readonly uri: string;
  readonly models: readonly { readonly graph: Graph; readonly metrics: ModelMetrics }[];
  readonly settings: Readonly<Record<string, RuleSetting>>;
  /** The text of a file of the analysis, for its ignore comments. */
  text(uri: string): string | undefined;
  /** Every model of the file was analysed: only then is an ignore comment that met nothing unused. */
  readonly complete: boolean;
}

export interface RulesResult {
  /** In the order of the models; what one model shows. */
  readonly byModel: readonly (readonly Finding[])[];
  /** What the file shows: ranges shared by several models once. */
  readonly findings: readonly Finding[];
}

interface Instance {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly model: Graph;
  readonly observation: Observation;
}

/** Instances listed as related information; the message gives their true number. */
const maxRelated = 20;

const severityOrder: readonly Severity[] = ['hint', 'info', 'warning', 'error'];

export function runRules(request: RulesRequest): RulesResult {
  const files = new Map<string, FileSuppressions>();
  const used = new Set<Suppression>();
  const suppressionsIn = (uri: string): FileSuppressions => {
    let file = files.get(uri);
    if (!file) files.set(uri, file = suppressionsOf(request.text(uri) ?? ''));
    return file;
  };
  const isIgnored = ({ rule, observation }: Instance): boolean => {
    const matching = suppressing(suppressionsIn(observation.at.uri), rule, observation.at, observation.node?.site.declared);
    matching.forEach(suppression => used.add(suppression));
    return matching.length > 0;
  };
  const instances = request.models.map(model => instancesOf(model, request.settings).filter(instance => !isIgnored(instance)));
  const unused = request.complete ? unusedIgnores(request, suppressionsIn(request.uri).suppressions.filter(suppression => !used.has(suppression))) : [];
  return {
    byModel: instances.map(own => merge(own, false)),
    findings: [...merge(instances.flat(), request.models.length > 1), ...unused].sort(bySource),
  };
}

function instancesOf(model: RulesRequest['models'][number], settings: RulesRequest['settings']): Instance[] {
  return allRules.flatMap(rule => {
    if (!rule.frameworks.includes(model.graph.framework)) return [];
    const level = levelOf(rule, settings);
    if (level === 'off') return [];
    const options = optionsOf(rule, settings[rule.id]);
    const most = model.graph.built ? lower(level, 'info') : level;
    return rule.check({ ...model, options }).map(observation => ({ rule, severity: lower(most, observation.severity), model: model.graph, observation }));
  });
}

function levelOf(rule: Rule, settings: RulesRequest['settings']): Level {
  return settings[rule.id]?.level ?? rule.severity;
}

function optionsOf(rule: Rule, setting: RuleSetting | undefined): OptionValues<RuleOptions> {
  const defaults = Object.fromEntries(Object.entries(rule.options).map(([name, option]) => [name, option.default]));
  return { ...defaults, ...setting?.options };
}

function lower(level: Severity, cap: Severity | undefined): Severity {
  return cap !== undefined && severityOrder.indexOf(cap) < severityOrder.indexOf(level) ? cap : level;
}

/** The worst instance speaks for a source range; the others are named beside it. */
function merge(instances: readonly Instance[], nameModels: boolean): Finding[] {
  const groups = new Map<string, Instance[]>();
  for (const instance of instances) {
    const { uri, span } = instance.observation.at;
    const key = `${instance.rule.id} ${span.start} ${span.end} ${uri}`;
    const group = groups.get(key);
    if (group) group.push(instance);
    else groups.set(key, [instance]);
  }
  return [...groups.values()].map(group => findingOf(group, nameModels)).sort(bySource);
}

function findingOf(group: readonly Instance[], nameModels: boolean): Finding {
  const [worst = group[0], ...others] = [...group].sort((left, right) => right.observation.badness - left.observation.badness);
  if (!worst) throw new Error('a group has an instance');
  const { rule, observation } = worst;
  const label = (instance: Instance): string => (nameModels ? `${instance.model.name}: ` : '') + instance.observation.path;
  const models = new Set(group.map(instance => instance.model)).size;
  const layers = counted(group.length, 'layer') + (models > 1 ? ` in ${models} models` : '');
  const alike = others.every(other => other.observation.badness === observation.badness);
  const worstOf = others.length === 0 || observation.path === '' ? ''
    : alike ? `; the same in ${layers}` : `; the worst of ${layers}: ${label(worst)}`;
  const listed = others.length > 0 ? group.slice(0, maxRelated).map(instance => ({
    at: instance.observation.node?.site.applied ?? instance.observation.at,
    message: `${label(instance)}: ${instance.observation.message}`,
  })) : [];
  return {
    rule: rule.id, name: rule.name,
    severity: group.reduce<Severity>((highest, { severity }) => (severityOrder.indexOf(severity) > severityOrder.indexOf(highest) ? severity : highest), worst.severity),
    message: observation.message + worstOf,
    at: observation.at,
    related: [...(observation.related ?? []), ...listed],
    data: { ...observation.data, layer: observation.path, layers: group.length },
    ...(observation.fix ? { fix: observation.fix } : {}),
  };
}

function unusedIgnores(request: RulesRequest, suppressions: readonly Suppression[]): Finding[] {
  const level = levelOf(unusedIgnore, request.settings);
  if (level === 'off') return [];
  const text = request.text(request.uri) ?? '';
  return suppressions.flatMap(suppression => {
    const named = suppression.rules.map(name => ({ name, rule: allRules.find(rule => rule.id === name || rule.name === name) }));
    // A rule that is switched off could not have spoken.
    if (named.length > 0 && named.every(({ rule }) => rule && levelOf(rule, request.settings) === 'off')) return [];
    const strange = named.find(({ rule }) => !rule);
    const at: Location = { uri: request.uri, span: suppression.span };
    const start = suppression.span.start - (text.slice(0, suppression.span.start).length - text.slice(0, suppression.span.start).trimEnd().length);
    return [{
      rule: unusedIgnore.id, name: unusedIgnore.name, severity: level, at, related: [], data: {},
      message: strange
        ? `There is no rule ${strange.name}: this comment ignores nothing`
        : `Nothing is found here that ${named.length > 0 ? named.map(({ name }) => name).join(', ') : 'any rule'} would report: remove the comment`,
      fix: { title: 'Remove the ignore comment', edits: [{ at: { uri: request.uri, span: { start, end: suppression.span.end } }, newText: '' }] },
    }];
  });
}

function bySource(left: Finding, right: Finding): number {
  return left.at.uri === right.at.uri ? left.at.span.start - right.at.span.start || (left.rule < right.rule ? -1 : 1) : left.at.uri < right.at.uri ? -1 : 1;
}
