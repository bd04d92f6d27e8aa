import type { Equatable } from '../comparison';
import { declareType, Optional, UnknownText } from '../types';
import { parseDate } from './timeTexts';
import type { Library } from './types';
import { Url } from './url';

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const LABEL_1123 = new RegExp(`^${LABEL}$`);
const SUBDOMAIN_1123 = new RegExp(`^${LABEL}(\\.${LABEL})*$`);
const LABEL_1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const KEY = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const UUID =
  /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const BASE64 =
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/;
const TIME = /^(\d{2}):(\d{2}):(\d{2})(.[0-9]+)?(z|([+-][0-9]{2}:[0-9]{2}))$/;

type Check = (text: string) => boolean;

/** Lengths are of the UTF-8 text; the patterns allow ASCII only. */
const isLabel: Check = text => LABEL_1123.test(text) && text.length <= 63;
const isLabel1035: Check = text => LABEL_1035.test(text) && text.length <= 63;
const isSubdomain: Check = text =>
  SUBDOMAIN_1123.test(text) && text.length <= 253;
const isLabelValue: Check = text =>
  text === '' || (KEY.test(text) && text.length <= 63);

function isQualifiedName(text: string): boolean {
  const parts = text.split('/');
  const name = parts.pop()!;
  return (
    parts.length <= 1 &&
    parts.every(isSubdomain) &&
    KEY.test(name) &&
    name.length <= 63
  );
}

/** A name that more is appended to may end with a dash: as Kubernetes has it, an `a` stands for it and what is before it. */
const prefixOf =
  (check: Check): Check =>
  text =>
    check(
      text.length > 1 && text.endsWith('-') ? `${text.slice(0, -2)}a` : text,
    );

function isDateTime(text: string): boolean {
  const [date, time] = text.toLowerCase().split('t');
  const match = time === undefined ? undefined : TIME.exec(time);
  return (
    parseDate(date) !== undefined &&
    match !== null &&
    match !== undefined &&
    match[1] <= '23' &&
    match[2] <= '59' &&
    match[3] <= '59'
  );
}

const CHECKS: Record<string, Check> = {
  dns1123Label: isLabel,
  dns1123Subdomain: isSubdomain,
  dns1035Label: isLabel1035,
  qualifiedName: isQualifiedName,
  dns1123LabelPrefix: prefixOf(isLabel),
  dns1123SubdomainPrefix: prefixOf(isSubdomain),
  dns1035LabelPrefix: prefixOf(isLabel1035),
  labelValue: isLabelValue,
  uri: Url.isUrl,
  uuid: text => UUID.test(text),
  byte: text => BASE64.test(text),
  date: text => parseDate(text) !== undefined,
  datetime: isDateTime,
};

class Format implements Equatable {
  constructor(readonly name: string) {}

  equals(other: Format): boolean {
    return this.name === other.name;
  }

  /** What is wrong with a text, in words that only the API server knows. */
  validate(text: string): Optional {
    return CHECKS[this.name](text)
      ? Optional.NONE
      : Optional.of(new UnknownText());
  }
}

declareType('Format', Format);

/** Source: apiserver `pkg/cel/library/format.go`, apimachinery `pkg/util/validation`, kube-openapi `pkg/validation/strfmt`. */
export const FORMAT: Library = {
  ...Object.fromEntries(
    Object.keys(CHECKS).map(name => [
      `format.${name}()`,
      () => new Format(name),
    ]),
  ),
  'format.named(string)': name =>
    Object.hasOwn(CHECKS, name) ? Optional.of(new Format(name)) : Optional.NONE,
  '<Format>.validate(string)': (format, text) => format.validate(text),
};
