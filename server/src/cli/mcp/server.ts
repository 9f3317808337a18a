/** `joulelint mcp`: the same answers for coding agents, over the Model Context Protocol on the standard streams. */
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { z } from 'zod';
import { preparePython, thisTool } from '../session';
import { analyze, check, compare, explain, whatIf } from './answers';

const subject = {
  path: z.string().optional().describe('A .py, .ipynb, .prototxt or .onnx file'),
  source: z.string().optional().describe('Python source in place of a file; its imports are looked up from the working folder'),
  model: z.string().optional().describe('An expression that makes the model, evaluated in the file: Net(width=2). Without it all models of the file'),
};
const onDevice = {
  device: z.string().optional().describe('For energy and time, such as rtx4090, rpi4, eyeriss'),
  stack: z.string().optional().describe('Software on the device'),
  batch: z.number().int().positive().optional().describe('Batch that energy and time are said for'),
  dtype: z.string().optional().describe('float32, float16, bfloat16, int8 …'),
};
const conditions = {
  inputs: z.array(z.string()).optional().describe('Shapes of the inputs, such as 1,3,224,224 or tokens=1,128:int64; without them they are found'),
  ...onDevice,
};
const side = z.object(subject);

/** Nothing is run and nothing is written: agents may ask as often as they like. */
const annotations = { readOnlyHint: true, idempotentHint: true, openWorldHint: false };

export async function startMcp(): Promise<void> {
  await preparePython();
  const server = new McpServer(thisTool(), { instructions: 'Costs of neural networks from their source: shapes, MACs, weights, activations, data reuse, memory, energy and time. No model is run, and no Python is needed.' });
  server.registerTool('analyze', {
    description: 'What a model costs: totals, memory, energy and time on a device, its most expensive layers, and findings',
    inputSchema: { ...subject, ...conditions }, annotations,
  }, async given => said(await analyze(given, given)));
  server.registerTool('check', {
    description: 'Findings alone: shape errors and what wastes energy, with lines', inputSchema: { ...subject, ...conditions }, annotations,
  }, async given => said(await check(given, given)));
  server.registerTool('compare', {
    description: 'What changes from one version of a model to another: totals, energy, and the layers that differ',
    inputSchema: { before: side, after: side, ...conditions }, annotations,
  }, async ({ before, after, ...given }) => said(await compare(before, after, given)));
  server.registerTool('what_if', {
    description: 'Energy and time of one model on several devices, batches and element types',
    inputSchema: { ...subject, inputs: conditions.inputs, on: z.array(z.object(onDevice)).min(1) }, annotations,
  }, async ({ inputs, on, ...given }) => said(await whatIf(given, inputs, on)));
  server.registerTool('explain', {
    description: 'What a figure (DI, M_c/A, peak …) or a rule (JL101 …) means, and what to do', inputSchema: { topic: z.string().optional() }, annotations,
  }, ({ topic }) => said(explain(topic)));
  await server.connect(new StdioServerTransport());
}

function said(text: string): { content: { type: 'text'; text: string }[] } {
  return { content: [{ type: 'text', text }] };
}
