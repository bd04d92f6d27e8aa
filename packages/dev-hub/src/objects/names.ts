const DNS_LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const DNS_SUBDOMAIN = `${DNS_LABEL}(\\.${DNS_LABEL})*`;
const QUALIFIED_NAME = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const LABEL_VALUE = `(${QUALIFIED_NAME})?`;

const SUBDOMAIN_MESSAGE = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${DNS_SUBDOMAIN}')`;
const LABEL_NAME_MESSAGE = `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${DNS_LABEL}')`;
const QUALIFIED_NAME_MESSAGE = `must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${QUALIFIED_NAME}')`;
const LABEL_VALUE_MESSAGE = `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '${LABEL_VALUE}')`;

function whole(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`);
}

const isSubdomain = whole(DNS_SUBDOMAIN);
const isDnsLabel = whole(DNS_LABEL);
const isQualifiedName = whole(QUALIFIED_NAME);
const isLabelValue = whole(LABEL_VALUE);

/**
 * What is wrong with the name of an object; empty when nothing is. The texts are those of Kubernetes
 * (`apimachinery/pkg/util/validation`).
 */
export function subdomainProblems(name: string): string[] {
  const problems: string[] = [];
  if (name.length > 253) problems.push('must be no more than 253 characters');
  if (!isSubdomain.test(name)) problems.push(SUBDOMAIN_MESSAGE);
  return problems;
}

/** What is wrong with a name that must be a DNS label, as that of a Namespace. */
export function dnsLabelProblems(name: string): string[] {
  const problems: string[] = [];
  if (name.length > 63) problems.push('must be no more than 63 characters');
  if (!isDnsLabel.test(name)) problems.push(LABEL_NAME_MESSAGE);
  return problems;
}

/** What is wrong with the key of a label or annotation. */
export function labelKeyProblems(key: string): string[] {
  const parts = key.split('/');
  if (parts.length > 2) {
    return [
      `a valid label key ${QUALIFIED_NAME_MESSAGE} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  const problems: string[] = [];
  if (parts.length === 2) {
    if (parts[0] === '') problems.push('prefix part must be non-empty');
    else {
      problems.push(
        ...subdomainProblems(parts[0]).map(p => `prefix part ${p}`),
      );
    }
  }
  const name = parts[parts.length - 1];
  if (name === '') problems.push('name part must be non-empty');
  else if (name.length > 63) {
    problems.push('name part must be no more than 63 bytes');
  }
  if (!isQualifiedName.test(name)) {
    problems.push(`name part ${QUALIFIED_NAME_MESSAGE}`);
  }
  return problems;
}

/** What is wrong with the value of a label. */
export function labelValueProblems(value: string): string[] {
  const problems: string[] = [];
  if (value.length > 63) problems.push('must be no more than 63 bytes');
  if (!isLabelValue.test(value)) problems.push(LABEL_VALUE_MESSAGE);
  return problems;
}
