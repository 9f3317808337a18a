/** `time`, `datetime`: what depends on the clock. */
import { unknown } from '../../../base/unknown';
import { entry, type LibraryEntry } from '../library';
import { nativeClass, raw } from '../objects/native';
import { objectClass } from '../objects/object';
import { nothing, open } from './opaque';

const clock = 'depends on the clock';

const dateClass = nativeClass('datetime.datetime', [objectClass], ['now', 'today', 'utcnow', 'strptime', 'fromtimestamp', 'fromisoformat'].map(name =>
  [name, { kind: 'staticmethod', callee: raw(`datetime.${name}`, ({ at }) => unknown(`\`datetime.${name}()\` ${clock}`, at)) }] as const), {
  allocate: (_cls, args) => unknown('dates are not modelled', args.at),
});

export const clockEntries: readonly LibraryEntry[] = [
  ...['time', 'perf_counter', 'monotonic', 'process_time', 'time_ns', 'perf_counter_ns', 'strftime', 'localtime', 'gmtime', 'ctime', 'asctime'].map(name => open(`time.${name}`, clock)),
  nothing('time.sleep'),
  entry('datetime.datetime', () => dateClass),
  entry('datetime.date', () => dateClass),
  ...['timedelta', 'timezone', 'time', 'tzinfo'].map(name => {
    const cls = nativeClass(`datetime.${name}`, [objectClass], [['utc', unknown('times are not modelled')]], { allocate: (_cls, args) => unknown('times are not modelled', args.at) });
    return entry(cls.qualifiedName, () => cls);
  }),
  open('timeit.default_timer', clock),
];
