import {
  createTemplateAction,
  TemplateExample,
} from '@backstage/plugin-scaffolder-node';
import type {
  IntentKind,
  IntentParameters,
} from '@backstage-fleet/plugin-fleet-common';
import type { FleetService } from '@backstage-fleet/plugin-fleet-node';
import { setOutputs } from './outputs';
import { runChange } from './runChange';
import { changeInputs, changeOutputs, Zod } from './schema';

type InputFields = Record<string, (z: Zod) => any>;
type InputOf<Fields extends InputFields> = {
  [Name in keyof Fields as undefined extends ReturnType<Fields[Name]>['_output']
    ? never
    : Name]: ReturnType<Fields[Name]>['_output'];
} & {
  [Name in keyof Fields as undefined extends ReturnType<Fields[Name]>['_output']
    ? Name
    : never]?: ReturnType<Fields[Name]>['_output'];
};

/** What an action that changes the fleet is made from. */
export interface ChangeActionOptions<
  Kind extends IntentKind,
  Fields extends InputFields,
> {
  id: string;
  description: string;
  kind: Kind;
  examples: TemplateExample[];
  /** Its own inputs, besides those that every change has. */
  input: Fields;
  /** The intent's parameters. Forms send an empty text for a field that was left empty. */
  parameters(
    input: InputOf<Fields>,
    workspacePath: string,
  ): IntentParameters[Kind] | Promise<IntentParameters[Kind]>;
  /** What the change is about, for the checkpoint's key. */
  subject(input: InputOf<Fields>): string;
}

/** An action that asks the fleet for one change: it logs the plan, and writes unless it is a dry run. */
export function createChangeAction<
  Kind extends IntentKind,
  Fields extends InputFields,
>(fleet: FleetService, options: ChangeActionOptions<Kind, Fields>) {
  const { id, description, kind, examples } = options;
  return createTemplateAction({
    id,
    description,
    examples,
    supportsDryRun: true,
    schema: {
      input: { ...options.input, ...changeInputs } as InputFields,
      output: changeOutputs,
    },
    async handler(ctx) {
      const { repository, mode, reason, overrides, ...own } = ctx.input;
      const input = own as InputOf<Fields>;
      const parameters = await options.parameters(input, ctx.workspacePath);
      setOutputs(
        ctx,
        await runChange(ctx, fleet, {
          intent: {
            kind,
            repository,
            // Undefined fields are not sent.
            parameters: JSON.parse(JSON.stringify(parameters)),
          },
          mode,
          reason,
          overrides,
          subject: `${repository ?? 'default'}.${options.subject(input)}`,
        }),
      );
    },
  });
}
