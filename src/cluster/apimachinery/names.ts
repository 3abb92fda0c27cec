// The name rules of k8s.io/apimachinery/pkg/util/validation. Each returns the messages of what is wrong; none when all is well.

const DNS_LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const DNS_SUBDOMAIN = `${DNS_LABEL}(\\.${DNS_LABEL})*`;
const QUALIFIED = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const LABEL_VALUE = `(${QUALIFIED})?`;

function regexMessage(rule: string, pattern: string, ...examples: string[]): string {
  const list = examples.map((example) => `'${example}'`).join(',  or ');
  return `${rule} (e.g. ${list}, regex used for validation is '${pattern}')`;
}

const tooMany = (length: number, unit: 'characters' | 'bytes' = 'characters') => `must be no more than ${length} ${unit}`;

const whole = (pattern: string) => new RegExp(`^(${pattern})$`);
const isLabel = whole(DNS_LABEL);
const isSubdomain = whole(DNS_SUBDOMAIN);
const isQualified = whole(QUALIFIED);
const isLabelValue = whole(LABEL_VALUE);

export function dns1123Label(value: string): string[] {
  const messages: string[] = [];
  if (value.length > 63) messages.push(tooMany(63));
  // so it is the dots that are wrong
  if (isSubdomain.test(value) && value.includes('.')) messages.push('must not contain dots');
  else if (!isLabel.test(value)) {
    messages.push(
      regexMessage(
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
        DNS_LABEL,
        'my-name',
        '123-abc',
      ),
    );
  }
  return messages;
}

export function dns1123Subdomain(value: string): string[] {
  const messages: string[] = [];
  if (value.length > 253) messages.push(tooMany(253));
  if (!isSubdomain.test(value)) {
    messages.push(
      regexMessage(
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
        DNS_SUBDOMAIN,
        'example.com',
      ),
    );
  }
  return messages;
}

/** Label keys, annotation keys and the like: `[prefix/]name`. */
export function qualifiedName(value: string): string[] {
  const parts = value.split('/');
  const messages: string[] = [];
  let name = parts[0]!;
  if (parts.length === 2) {
    name = parts[1]!;
    const prefix = parts[0]!;
    if (prefix.length === 0) messages.push('prefix part must be non-empty');
    else messages.push(...dns1123Subdomain(prefix).map((message) => `prefix part ${message}`));
  } else if (parts.length > 2) {
    return [
      regexMessage(
        "a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
        QUALIFIED,
        'MyName',
        'my.name',
        '123-abc',
      ) + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')",
    ];
  }
  if (name.length === 0) messages.push('name part must be non-empty');
  else if (name.length > 63) messages.push(`name part ${tooMany(63, 'bytes')}`);
  if (!isQualified.test(name)) {
    messages.push(
      'name part ' +
        regexMessage(
          "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
          QUALIFIED,
          'MyName',
          'my.name',
          '123-abc',
        ),
    );
  }
  return messages;
}

export function labelValue(value: string): string[] {
  const messages: string[] = [];
  if (value.length > 63) messages.push(tooMany(63, 'bytes'));
  if (!isLabelValue.test(value)) {
    messages.push(
      regexMessage(
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
        LABEL_VALUE,
        'MyValue',
        'my_value',
        '12345',
      ),
    );
  }
  return messages;
}

export function portNumber(value: number): string[] {
  return Number.isInteger(value) && value >= 1 && value <= 65535 ? [] : ['must be between 1 and 65535, inclusive'];
}

/** IANA_SVC_NAME: the name of a port. */
export function portName(value: string): string[] {
  const messages: string[] = [];
  if (value.length > 15) messages.push(tooMany(15));
  if (!/^[-a-z0-9]+$/.test(value)) messages.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  if (!/[a-z]/.test(value)) messages.push('must contain at least one letter (a-z)');
  if (value.includes('--')) messages.push('must not contain consecutive hyphens');
  if (value.startsWith('-') || value.endsWith('-')) messages.push('must not begin or end with a hyphen');
  return messages;
}

/** A key of a ConfigMap's or Secret's data. Upstream: validation.IsConfigMapKey. */
export function configMapKey(value: string): string[] {
  const messages: string[] = [];
  if (value.length > 253) messages.push(tooMany(253));
  if (!/^[-._a-zA-Z0-9]+$/.test(value)) {
    messages.push(
      regexMessage(
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
        '[-._a-zA-Z0-9]+',
        'key.name',
        'KEY_NAME',
        'key-name',
      ),
    );
  }
  return [...messages, ...directoryPrefix(value)];
}

/** A name of an environment variable. Upstream: validation.IsEnvVarName. */
export function envVarName(value: string): string[] {
  const messages: string[] = [];
  if (!/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(value)) {
    messages.push(
      regexMessage(
        "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit",
        '[-._a-zA-Z][-._a-zA-Z0-9]*',
        'my.env-name',
        'MY_ENV.NAME',
        'MyEnvName1',
      ),
    );
  }
  return [...messages, ...directoryPrefix(value)];
}

/** What a shell would take for a folder. */
function directoryPrefix(value: string): string[] {
  if (value === '.' || value === '..') return [`must not be '${value}'`];
  return value.startsWith('..') ? ["must not start with '..'"] : [];
}

/** A name that can stand in a URL. Upstream: k8s.io/apimachinery/pkg/api/validation/path IsValidPathSegmentName. */
export function pathSegment(value: string): string[] {
  if (value === '.' || value === '..') return [`may not be '${value}'`];
  return ['/', '%'].filter((illegal) => value.includes(illegal)).map((illegal) => `may not contain '${illegal}'`);
}
