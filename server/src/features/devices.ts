/** The devices that energy can be said for, for a picker. */
import type { DeviceSummary } from '../../../shared/src/protocol';
import { standingOf } from '../energy/device';
import { devices, profiles } from '../energy/tables.generated';

export function deviceSummaries(): readonly DeviceSummary[] {
  return devices.map(device => {
    const stacks = profiles.filter(profile => profile.device === device.id);
    return { id: device.id, name: device.name, standing: standingOf(device, stacks), stacks: stacks.map(({ stack, software, dtype }) => ({ stack, software, dtype })) };
  });
}
