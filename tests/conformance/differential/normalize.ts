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
  { why: 'klog: time and process', from: /^([IWEF]\d{4}) \d\d:\d\d:\d\d\.\d{6} +\d+ /gm, to: '$1 TIME PID ' },
  { why: 'folders of the test', from: /\/tmp\/differential-\w+\/work|\/home\/learner(?!\/\.)/g, to: 'DIRECTORY' },
  { why: 'home of the test', from: /\/tmp\/differential-\w+\/home|\/home\/learner/g, to: 'HOME' },
  { why: 'kubectl edit: name of the temporary file', from: /kubectl-edit-\d+\.(yaml|json)/g, to: 'kubectl-edit-N.$1' },
];

export function normalize(text: string): string {
  return withoutProse(HOST.reduce((result, { from, to }) => result.replace(from, to), text));
}

/**
 * Help without what people wrote: the text in front, examples and the descriptions of flags. Commands, flags, defaults and
 * the usage stay.
 */
function withoutProse(text: string): string {
  const help = /^(?:Usage:\n {2}kubectl|The following options can be passed)/m.test(text);
  if (!help) return text;
  return text
    .replace(
      /^(?!Unknown|The following)[^]*?\n(?=(?:Aliases|Examples|Available Commands|Options|Usage|[A-Z][\w ]+\(?[\w ]*\)?):\n)/,
      '',
    )
    .replace(/^Examples:\n(?:(?: .*)?\n)*/m, '')
    .replace(/^\t.*\n/gm, '');
}
