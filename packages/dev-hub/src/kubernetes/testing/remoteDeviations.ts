const RBAC_DEFAULTS = 'everybody may read /version by the default roles';
const AUTHORIZER = 'the reason of an answer is the authorizer’s own';
const STATIC_TOKEN =
  'the holder of a static token has a uid beside what a service account has';
const OTHER_KINDS = 'a kube-apiserver serves more kinds than the recorded one';
const AGGREGATED = 'a kube-apiserver serves aggregated discovery';
const OWN_LABEL = 'the namespace is labelled as that of the tests';
const HISTORY = 'nothing has been compacted on a server that was just started';
const OWN_WRITES =
  'the server writes objects of its own, so versions move between two requests';
const MEDIA_TYPES =
  'the recorded server names application/apply-patch+yaml twice';
const BOOKMARKS =
  'how many bookmarks come depends on the second at which the watch begins';

/**
 * Exchanges that a kube-apiserver need not answer as recorded, with the reason: the recording was made on kcp, whose API server is
 * that of Kubernetes, with fewer kinds beside those of Argo CD and a history that had been compacted. Found with Kubernetes 1.36.3.
 */
export const REMOTE_DEVIATIONS: Record<string, Record<number, string>> = {
  auth: { 4: RBAC_DEFAULTS, 29: AUTHORIZER, 30: STATIC_TOKEN },
  discovery: {
    2: OTHER_KINDS,
    3: OTHER_KINDS,
    7: AGGREGATED,
    9: AGGREGATED,
  },
  errors: {
    5: OTHER_KINDS,
    23: 'the recorded server redirects an empty segment; a kube-apiserver reads all namespaces',
    37: OWN_WRITES,
    39: HISTORY,
    40: HISTORY,
    41: HISTORY,
  },
  'get-and-list': { 18: OWN_LABEL, 19: OTHER_KINDS },
  'list-paging': { 16: HISTORY, 17: HISTORY, 21: OWN_LABEL },
  'update-and-patch': {
    8: 'the message names a key in etcd, which the recording has masked',
    41: MEDIA_TYPES,
    43: MEDIA_TYPES,
    44: MEDIA_TYPES,
    45: MEDIA_TYPES,
  },
  'watch-bookmarks': { 3: BOOKMARKS },
  'watch-long': { 0: OWN_WRITES, 2: BOOKMARKS },
  'watch-versions': {
    10: OWN_WRITES,
    11: OWN_WRITES,
    17: 'whether an event comes before a timeout that has passed already is chance',
    18: OWN_WRITES,
  },
};
