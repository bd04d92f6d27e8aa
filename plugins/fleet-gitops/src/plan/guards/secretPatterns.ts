/** A well-known form of a secret. */
interface SecretPattern {
  /** What it is called in messages. */
  title: string;
  pattern: RegExp;
}

/*
 * Forms as their issuers document them. Each has a fixed beginning and a length, so that ordinary text does not match.
 */
const PATTERNS: SecretPattern[] = [
  {
    title: 'a private key',
    pattern:
      /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----|\bAGE-SECRET-KEY-1[0-9A-Z]{58}\b/,
  },
  { title: 'an AWS access key', pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/ },
  {
    title: 'a GitHub token',
    pattern: /\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bgithub_pat_[A-Za-z0-9_]{22,}\b/,
  },
  { title: 'a GitLab token', pattern: /\bgl(?:pat|rt|dt|ptt)-[\w-]{20,}/ },
  {
    title: 'a Slack token',
    pattern:
      /\bxox[abeoprs]-[\w-]{10,}|hooks\.slack\.com\/services\/T\w+\/B\w+\/\w{16,}/,
  },
  {
    title: 'a Google API key',
    pattern: /\bAIza[\w-]{35}\b|\bya29\.[\w-]{20,}/,
  },
  { title: 'a Stripe key', pattern: /\b[rs]k_live_[A-Za-z0-9]{20,}\b/ },
  {
    title: 'an API key',
    pattern: /\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{32,}/,
  },
  { title: 'an npm token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/ },
  { title: 'a PyPI token', pattern: /\bpypi-[A-Za-z0-9_-]{50,}/ },
  { title: 'a Docker Hub token', pattern: /\bdckr_pat_[\w-]{20,}/ },
  { title: 'a DigitalOcean token', pattern: /\bdo[opr]_v1_[a-f0-9]{64}\b/ },
  {
    title: 'a SendGrid key',
    pattern: /\bSG\.[\w-]{16,32}\.[\w-]{16,64}\b/,
  },
  { title: 'a Vault token', pattern: /\bhv[bs]\.[\w-]{20,}/ },
  {
    title: 'an Azure storage key',
    pattern: /\b(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{40,}={0,2}/,
  },
  {
    title: 'a JSON web token',
    pattern: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/,
  },
  {
    title: 'a password in a URL',
    pattern: /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@{}<>$"']+:[^\s/:@{}<>$"']{3,}@/i,
  },
];

/** Base64 of `-----BEGIN `. */
const ENCODED_PEM = /LS0tLS1CRUdJTi[A-Za-z0-9+/]+/g;

/** What kind of secret a line shows by its form; `undefined` for none. */
export function knownSecret(line: string): string | undefined {
  const found = PATTERNS.find(({ pattern }) => pattern.test(line));
  if (found) return found.title;
  const encoded = line.match(ENCODED_PEM) ?? [];
  const isKey = encoded.some(text =>
    /^-----BEGIN (?:[A-Z]+ )*PRIVATE KEY/.test(
      atob(text.slice(0, text.length - (text.length % 4)).slice(0, 80)),
    ),
  );
  return isKey ? 'a private key' : undefined;
}

const SECRET_KEY =
  /(?:^|[\s{,"'])([\w.-]*(?:password|passwd|passphrase|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|credential)s?)["']?\s*[:=]\s*(?:"([^"]+)"|'([^']+)'|([^\s"'#,}]+))/i;

/** Bits of information in each character, by how often the characters occur. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text)
    counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, times) => {
    const share = times / text.length;
    return sum - share * Math.log2(share);
  }, 0);
}

/** What stands in the place of a secret: a template, a reference, something encrypted. */
function isReference(value: string): boolean {
  return /\{\{|\$\{|\$\(|^\$|^<.*>$|^(?:vault|ref\+|sops|secret|arn|path):|^ENC\[|^Ag[A-Za-z0-9+/]{200,}/.test(
    value,
  );
}

/** Words, names, paths and versions are no secrets, however they are called. */
function isOrdinary(value: string): boolean {
  return (
    /^[a-z]+([-_./][a-z0-9]+)*$/i.test(value) || /^[/.~]|^\w+:\/\//.test(value)
  );
}

/**
 * The key of a line whose value looks random though the key says that it is a secret; `undefined` for none.
 */
export function randomValueKey(line: string): string | undefined {
  const match = SECRET_KEY.exec(line);
  if (!match) return undefined;
  const [, key, double, single, plain] = match;
  const value = double ?? single ?? plain;
  const isRandom =
    value.length >= 12 &&
    /[0-9]/.test(value) &&
    /[a-z]/i.test(value) &&
    entropy(value) >= 3.2;
  return isRandom && !isReference(value) && !isOrdinary(value)
    ? key
    : undefined;
}
