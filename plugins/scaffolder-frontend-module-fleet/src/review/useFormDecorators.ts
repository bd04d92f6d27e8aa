import {
  AnyApiRef,
  ApiHolder,
  createApiRef,
  errorApiRef,
  useApi,
  useApiHolder,
} from '@backstage/frontend-plugin-api';
import { TemplateParameterSchema } from '@backstage/plugin-scaffolder-react';
import {
  ScaffolderFormDecorator,
  ScaffolderFormDecoratorContext,
} from '@backstage/plugin-scaffolder-react/alpha';
import { JsonObject, JsonValue } from '@backstage/types';
import { useCallback } from 'react';
import { ZodType, z } from 'zod/v3';

/** What a template's form sends to the scaffolder. */
export interface FormSubmission {
  formState: Record<string, JsonValue>;
  secrets: Record<string, string>;
}

/** The scaffolder's `formDecoratorsApiRef`; APIs are found by their id. */
const formDecoratorsApiRef = createApiRef<{
  getFormDecorators(): Promise<ScaffolderFormDecorator[]>;
}>().with({
  id: 'plugin.scaffolder.form-decorators',
  pluginId: 'scaffolder',
});

/** What `createScaffolderFormDecorator` puts into the opaque type, version 1. */
interface DecoratorContent {
  id: string;
  schema?: { input?: Record<string, (zod: typeof z) => ZodType> };
  deps?: Record<string, AnyApiRef>;
  decorator: (
    context: ScaffolderFormDecoratorContext,
    deps: Record<string, unknown>,
  ) => Promise<void>;
}

/**
 * Runs the form decorators that a template names over its form, as the scaffolder's own wizard does: side by side, each
 * may change the values and the secrets; one that is not installed, or is given wrong input, is reported and left out.
 *
 * @returns a function that rejects where a decorator does
 */
export function useFormDecorators(): (
  manifest: TemplateParameterSchema | undefined,
  submission: FormSubmission,
) => Promise<FormSubmission> {
  const apis = useApiHolder();
  const errorApi = useApi(errorApiRef);
  return useCallback(
    async (manifest, submission) => {
      const named =
        manifest?.formDecorators ?? manifest?.EXPERIMENTAL_formDecorators ?? [];
      const result = { ...submission };
      if (named.length === 0) return result;
      const installed =
        (await apis.get(formDecoratorsApiRef)?.getFormDecorators()) ?? [];
      const run = async ({ id, input = {} }: (typeof named)[number]) => {
        let decorate;
        try {
          decorate = bind(installed, id, input, apis);
        } catch (error) {
          errorApi.post(error as Error);
          return;
        }
        await decorate({
          formState: submission.formState,
          setFormState: change => {
            result.formState = { ...change(result.formState) };
          },
          setSecrets: change => {
            result.secrets = { ...change(result.secrets) };
          },
        });
      };
      await Promise.all(named.map(run));
      return result;
    },
    [apis, errorApi],
  );
}

/** A decorator with its input and what it depends on. */
function bind(
  installed: ScaffolderFormDecorator[],
  id: string,
  input: JsonObject,
  apis: ApiHolder,
) {
  const found = installed.find(decorator => decorator.id === id);
  if (!found) throw new Error(`The form decorator ${id} is not installed.`);
  const content = found as unknown as DecoratorContent;
  const dependencies = dependenciesOf(content, apis);
  const checked = checkedInput(content, input);
  return (context: Omit<ScaffolderFormDecoratorContext, 'input'>) =>
    content.decorator({ ...context, input: checked }, dependencies);
}

function checkedInput(content: DecoratorContent, input: JsonObject) {
  const shape = content.schema?.input;
  if (!shape) return input;
  const parsed = z
    .object(
      Object.fromEntries(
        Object.entries(shape).map(([key, build]) => [key, build(z)]),
      ),
    )
    .safeParse(input);
  if (!parsed.success) {
    throw new Error(
      `The input of the form decorator ${content.id} is wrong: ${parsed.error.message}`,
    );
  }
  return parsed.data as JsonObject;
}

function dependenciesOf(content: DecoratorContent, apis: ApiHolder) {
  return Object.fromEntries(
    Object.entries(content.deps ?? {}).map(([key, ref]) => {
      const api = apis.get(ref);
      if (!api) {
        throw new Error(
          `The form decorator ${content.id} needs the API ${ref.id}, which is not installed.`,
        );
      }
      return [key, api];
    }),
  );
}
