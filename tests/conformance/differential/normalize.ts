/**
 * Everything that may differ between the two because of the machine they run on, and nothing else.
 * Whatever is not here is compared byte for byte.
 */
const HOST: readonly { why: string; from: RegExp; to: string }[] = [
  { why: 'kubectl diff: names of temporary folders', from: /\/tmp\/(LIVE|MERGED)-\d+/g, to: '/tmp/$1-N' },
  {
    why: 'kubectl diff: times of temporary files',
    from: /^((?:---|\+\+\+) \/tmp\/\S+)\t\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ [-+]\d{4}$/gm,
    to: '$1\tTIME',
  },
  { why: 'kubectl edit: name of the temporary file', from: /kubectl-edit-\d+\.yaml/g, to: 'kubectl-edit-N.yaml' },
];

export function normalize(text: string): string {
  return HOST.reduce((result, { from, to }) => result.replace(from, to), text);
}
