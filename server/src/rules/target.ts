/** The device that the settings name, and what a model costs on it. */
import { catalogueFor, type EnergyRequest } from '../energy/answer';
import { findDevice } from '../energy/find';
import { energyOfModel } from '../energy/model-energy';
import type { ModelMetrics } from '../metrics/metrics';
import type { TargetDevice } from './define';

export function targetOf(metrics: ModelMetrics, request: EnergyRequest | undefined): TargetDevice | undefined {
  if (!request) return undefined;
  const device = findDevice(request.device, catalogueFor(request).devices);
  if ('problem' in device) return undefined;
  // Asked by few rules, and only where they find something.
  return { device, request, get answer() { return energyOfModel(metrics, request); } };
}
