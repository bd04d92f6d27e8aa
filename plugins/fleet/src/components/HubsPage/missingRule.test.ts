import { remedyOf } from './missingRule';

it.each([
  [
    'The token may not read applications.argoproj.io in namespace argocd (403). Add this rule to a Role of its account in namespace argocd: {apiGroups: ["argoproj.io"], resources: ["applications"], verbs: ["list", "watch"]}',
    'The token may not read applications.argoproj.io in namespace argocd (403). Add this rule to a Role of its account in namespace argocd:',
    '{apiGroups: ["argoproj.io"], resources: ["applications"], verbs: ["list", "watch"]}',
  ],
  [
    'Argo CD does not let the token see clusters. Add to policy.csv in argocd-rbac-cm, for the account or role of the token: p, <account>, clusters, get, *, allow',
    'Argo CD does not let the token see clusters. Add to policy.csv in argocd-rbac-cm, for the account or role of the token:',
    'p, <account>, clusters, get, *, allow',
  ],
  [
    'The hub refuses connections. Check that its API server runs and that `url` is right.',
    'The hub refuses connections. Check that its API server runs and that `url` is right.',
    undefined,
  ],
])('parts %j', (message, sentence, rule) => {
  expect(remedyOf(message)).toEqual({ sentence, ...(rule && { rule }) });
});
