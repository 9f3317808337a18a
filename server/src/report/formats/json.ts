/** The report's data as they are, for programs. */
import { dataText } from '../data-text';
import { defineFormat } from '../define-format';

export const format = defineFormat({
  name: 'json',
  summary: 'everything, in the schema `joulelint-report/1`, for programs',
  extension: 'json',
  isData: true,
  render: report => `${dataText(report)}\n`,
  list: (report, models) => `${dataText({ ...report, models })}\n`,
});
