/** Runs the rules over the models of a file: one finding per rule and source line, ignore comments applied. */
import type { RuleSetting } from '../../../shared/src/settings';
import type { EnergyRequest } from '../energy/answer';
import type { Location } from '../base/span';
import type { Graph } from '../graph/graph';
import type { ModelMetrics } from '../metrics/metrics';
import { levelByDefault, type Finding, type Level, type OptionValues, type Rule, type RuleOptions, type Severity } from './define';
import { findingOf, severityOrder, type Instance } from './message';
import { allRules } from './registry.generated';
import { groupKey, restsOnAssumption, standing } from './standing';
import { rule as unusedIgnore } from './JL902-unused-ignore';
import { suppressing, suppressionsOf, type FileSuppressions, type Suppression } from './suppress';
import { targetOf } from './target';

export interface RulesRequest {
  readonly uri: string;
  readonly models: readonly { readonly graph: Graph; readonly metrics: ModelMetrics }[];
  readonly settings: Readonly<Record<string, RuleSetting>>;
  /** The device that costs are said for; absent: none. */
  readonly energy?: EnergyRequest;
  /** The text of a file of the analysis, for its ignore comments. */
  text(uri: string): string | undefined;
  /** Every model of the file was analysed: only then is an ignore comment that met nothing unused. */
  readonly complete: boolean;
}

export interface RulesResult {
  /** In the order of the models; what one model shows. */
  readonly byModel: readonly (readonly Finding[])[];
  /** What the file shows: lines shared by several models once. */
  readonly findings: readonly Finding[];
}

export function runRules(request: RulesRequest): RulesResult {
  const files = new Map<string, FileSuppressions>();
  const used = new Set<Suppression>();
  const suppressionsIn = (uri: string): FileSuppressions => {
    let file = files.get(uri);
    if (!file) files.set(uri, file = suppressionsOf(request.text(uri) ?? ''));
    return file;
  };
  const isIgnored = ({ rule, observation: { at, node } }: Instance): boolean => {
    const matching = suppressing(suppressionsIn(at.uri), rule, at, node?.site.declared);
    matching.forEach(suppression => used.add(suppression));
    return matching.length > 0;
  };
  const merge = (instances: readonly Instance[], nameModels: boolean): Finding[] => {
    const groups = new Map<string, Instance[]>();
    for (const instance of instances) {
      const { at } = instance.observation;
      const key = groupKey(instance.rule, instance.model.graph, at, suppressionsIn(at.uri).lines);
      const group = groups.get(key);
      if (group) group.push(instance);
      else groups.set(key, [instance]);
    }
    return [...groups.values()].flatMap(group => findingOf(group, nameModels, request.text) ?? []).sort(bySource);
  };
  const key = JSON.stringify([request.uri, request.settings, request.energy]);
  const instances = request.models.map(model => knownInstances(model, request, key).filter(instance => !isIgnored(instance)));
  const unused = request.complete ? unusedIgnores(request, suppressionsIn(request.uri).suppressions.filter(suppression => !used.has(suppression))) : [];
  return {
    byModel: instances.map(own => merge(own, false)),
    findings: [...merge(instances.flat(), request.models.length > 1), ...unused].sort(bySource),
  };
}

/** A file of many models is analysed in slices, after each of which its findings are collected: what was seen in a model stays as long as its figures. */
const known = new WeakMap<ModelMetrics, { readonly key: string; readonly graph: Graph; readonly instances: readonly Instance[] }>();

function knownInstances(model: RulesRequest['models'][number], request: RulesRequest, key: string): readonly Instance[] {
  const before = known.get(model.metrics);
  if (before?.key === key && before.graph === model.graph) return before.instances;
  const instances = instancesOf(model, request);
  known.set(model.metrics, { key, graph: model.graph, instances });
  return instances;
}

function instancesOf({ graph, metrics }: RulesRequest['models'][number], { uri, settings, energy }: RulesRequest): Instance[] {
  const device = targetOf(metrics, energy);
  const model = { graph, metrics, ...(device ? { device } : {}) };
  const isAssumed = restsOnAssumption(graph);
  return allRules.flatMap(rule => {
    if (!rule.frameworks.includes(graph.framework)) return [];
    const level = levelOf(rule, settings);
    if (level === 'off') return [];
    const options = optionsOf(rule, settings[rule.id]);
    return rule.check({ ...model, options }).map(observed => {
      const observation = standing(observed, graph, uri);
      const most = graph.built || (isAssumed && !observation.holdsForAnyInput) ? lower(level, 'info') : level;
      return { rule, severity: lower(most, observation.severity), model, observation, least: options['share'] };
    });
  });
}

function levelOf(rule: Rule, settings: RulesRequest['settings']): Level {
  return settings[rule.id]?.level ?? levelByDefault(rule);
}

function optionsOf(rule: Rule, setting: RuleSetting | undefined): OptionValues<RuleOptions> {
  let defaults = defaultOptions.get(rule);
  if (!defaults) defaultOptions.set(rule, defaults = Object.fromEntries(Object.entries(rule.options).map(([name, option]) => [name, option.default])));
  return setting ? { ...defaults, ...setting.options } : defaults;
}

const defaultOptions = new WeakMap<Rule, OptionValues<RuleOptions>>();

function lower(level: Severity, cap: Severity | undefined): Severity {
  return cap !== undefined && severityOrder.indexOf(cap) < severityOrder.indexOf(level) ? cap : level;
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
      fixes: [{ title: 'Remove the ignore comment', isSafe: true, edits: [{ at: { uri: request.uri, span: { start, end: suppression.span.end } }, newText: '' }] }],
    }];
  });
}

function bySource(left: Finding, right: Finding): number {
  return left.at.uri === right.at.uri ? left.at.span.start - right.at.span.start || (left.rule < right.rule ? -1 : 1) : left.at.uri < right.at.uri ? -1 : 1;
}
