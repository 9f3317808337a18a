/** The report's data as they are, for programs. */
import { defineFormat } from '../define-format';

export const format = defineFormat({
  name: 'json',
  summary: 'everything, in the schema `joulelint-report/1`, for programs',
  extension: 'json',
  isData: true,
  render: report => `${JSON.stringify(report)}\n`,
  list: (report, models) => `${JSON.stringify({ ...report, models })}\n`,
});
