/** `import { analyze } from 'joulelint'`: the package for programs in Node. */
export { analyze, AnalyzeError, type AnalyzeOptions } from './cli/library';
export type * from '../../shared/src/report';
