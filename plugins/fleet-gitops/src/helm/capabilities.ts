import { GoMethod, GoSlice } from '../gotemplate/values/types';
import { GoStruct } from './goStruct';
import { DEFAULT_API_VERSIONS } from './apiVersions';

/** What templates learn about the cluster from `.Capabilities`. */
export interface HelmCapabilities {
  /** For example `v1.31.2`. */
  kubeVersion: string;
  /** Group/versions and group/version/kinds, for example `apps/v1`, `apps/v1/Deployment`. */
  apiVersions: readonly string[];
  /** For example `v3.22`, which is what Helm's library says of itself without a release's build flags. */
  helmVersion: string;
}

/** What `helm template` assumes without a cluster: Kubernetes v1.20.0 and client-go's API versions. */
export const DEFAULT_CAPABILITIES: HelmCapabilities = {
  kubeVersion: 'v1.20.0',
  apiVersions: DEFAULT_API_VERSIONS,
  helmVersion: 'v3.22',
};

class VersionSet extends GoSlice {
  constructor(versions: readonly string[]) {
    super('string', [...versions]);
  }
}

function versionSetObject(versions: readonly string[]): GoStruct {
  const has: GoMethod = {
    parameters: ['string'],
    call: (version: string) => versions.includes(version),
  };
  return new GoStruct(
    'chartutil.VersionSet',
    {},
    {
      methods: { Has: has },
      text: `[${versions.join(' ')}]`,
      json: new VersionSet(versions),
    },
  );
}

/** `.Capabilities` in templates. */
export function capabilitiesObject(capabilities: HelmCapabilities): GoStruct {
  const { kubeVersion, apiVersions, helmVersion } = capabilities;
  const [, major = '', minor = ''] = /^v?(\d+)\.(\d+)/.exec(kubeVersion) ?? [];
  const version = (text: string): GoMethod => ({
    parameters: [],
    call: () => text,
  });
  return new GoStruct('*chartutil.Capabilities', {
    KubeVersion: new GoStruct(
      'chartutil.KubeVersion',
      { Version: kubeVersion, Major: major, Minor: minor },
      {
        text: kubeVersion,
        methods: {
          GitVersion: version(kubeVersion),
          String: version(kubeVersion),
        },
      },
    ),
    APIVersions: versionSetObject(apiVersions),
    HelmVersion: new GoStruct(
      'version.BuildInfo',
      {
        Version: helmVersion,
        GitCommit: '',
        GitTreeState: '',
        GoVersion: '',
      },
      { json: { version: helmVersion } },
    ),
  });
}
