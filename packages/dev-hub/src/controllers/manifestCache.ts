import { type Manifests, renderManifests } from '../repo';

type RenderOptions = Parameters<typeof renderManifests>[0];

/**
 * Remembers what sources render to, as Argo CD's repo server does: a comparison of unchanged Git content renders nothing.
 *
 * Manifests are shared between callers and must not be changed. They go when the commit's files do.
 */
export class ManifestCache {
  readonly #byFiles = new WeakMap<object, Map<string, Manifests>>();

  /** As {@link renderManifests}; failures are not remembered. */
  render(options: RenderOptions): Manifests {
    const { files, ...rest } = options;
    const rendered = this.#byFiles.get(files) ?? new Map<string, Manifests>();
    this.#byFiles.set(files, rendered);
    const key = JSON.stringify([rest.source, rest.application, rest.namespace]);
    const manifests = rendered.get(key) ?? renderManifests(options);
    rendered.set(key, manifests);
    return manifests;
  }
}
