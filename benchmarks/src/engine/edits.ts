import { applyYamlEdits } from '@backstage-fleet/plugin-fleet-gitops';
import { report } from '../report';
import { timed } from '../timing';

const EDITS = 200;
/** A form that edits ten such files answers within half a second. Each edit reads the file before and after it. */
const BAR = 20;
const COMPONENTS = 200;

/** A values file of 2,000 lines as platform teams have them: comments, blank lines, lists, nested maps. */
function valuesFile(): string {
  const component = (index: number) => `# Component ${index}
component${index}:
  enabled: true
  image:
    repository: registry.example.com/component-${index}
    tag: "1.${index}.0" # renovate
  hosts:
    - component-${index}.example.com
  replicas: ${(index % 5) + 1}

`;
  return Array.from({ length: COMPONENTS }, (_, index) =>
    component(index),
  ).join('');
}

/** Edits on a values file of 2,000 lines, each a call of its own on what the one before left. */
export function measureEdits(): void {
  let text = valuesFile();
  const lines = text.split('\n').length - 1;
  if (lines !== 2000) throw new Error(`The values file has ${lines} lines`);
  const { ms } = timed(() => {
    for (let index = 0; index < EDITS; index++) {
      const component = `component${(index * 37) % COMPONENTS}`;
      text = applyYamlEdits(
        text,
        index % 4 === 0
          ? [
              {
                op: 'append',
                path: [component, 'hosts'],
                value: `extra-${index}.example.com`,
              },
            ]
          : [
              {
                op: 'set',
                path: [component, 'image', 'tag'],
                value: `2.${index}.0`,
              },
            ],
      );
    }
  });
  if (text.match(/extra-\d+/g)?.length !== EDITS / 4)
    throw new Error('Not all edits were made');
  report({
    measure: 'engine.edit.perSecond',
    value: (EDITS / ms) * 1000,
    unit: 'edits/s',
    bar: BAR,
    keep: 'least',
  });
}
