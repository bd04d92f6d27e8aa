import { mockServices } from '@backstage/backend-test-utils';
import type { TemplateAction } from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonObject } from '@backstage/types';
import { parse } from 'yaml';

/** Runs an action as a task would; what it logged and put out. */
export async function run(
  action: TemplateAction<any, any, any>,
  input: JsonObject,
  options: {
    isDryRun?: boolean;
    checkpoints?: Map<string, unknown>;
    workspacePath?: string;
  } = {},
) {
  const logger = mockServices.logger.mock();
  const outputs: Record<string, unknown> = {};
  const checkpoints = options.checkpoints ?? new Map<string, unknown>();
  const context = {
    // The mock context passes on only some of its options.
    ...createMockActionContext({ input, logger }),
    isDryRun: options.isDryRun,
    ...(options.workspacePath && { workspacePath: options.workspacePath }),
    output: (name: string, value: unknown) => {
      outputs[name] = value;
    },
    checkpoint: async ({ key, fn }: { key: string; fn: () => unknown }) => {
      if (!checkpoints.has(key)) {
        checkpoints.set(key, JSON.parse(JSON.stringify(await fn())));
      }
      return checkpoints.get(key);
    },
  };
  await action.handler(context as any);
  return {
    outputs,
    checkpoints,
    log: logger.info.mock.calls.map(([line]) => line),
  };
}

/** The input of an example's only step. */
export function exampleInput(example: string): JsonObject {
  return parse(example).steps[0].input;
}
