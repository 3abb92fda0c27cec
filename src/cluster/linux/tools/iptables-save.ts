import { renderRuleset } from '../ruleset-text';
import { type TableName, BUILT_IN } from '../table';
import { type Tool, failed, said } from './tool';

/** The order in which iptables goes through tables. iptables: enum nft_table_type */
const ORDER: readonly TableName[] = ['mangle', 'raw', 'filter', 'nat'];

/** iptables-save [-c] [-t TABLE] */
export const iptablesSave: Tool = ({ host, args, now }) => {
  let only: string | undefined;
  let counters = false;
  for (let i = 0; i < args.length; i++) {
    const word = args[i]!;
    if (word === '-t' || word === '--table') only = args[++i];
    else if (word.startsWith('--table=')) only = word.slice('--table='.length);
    else if (word === '-c' || word === '--counters') counters = true;
    else if (word.startsWith('-')) {
      const what = word.startsWith('--') ? `unrecognized option '${word}'` : `invalid option -- '${word[1]}'`;
      return failed(`iptables-save: ${what}\nLook at manual page \`iptables-save.8' for more information.`, 1);
    } else return failed('Unknown arguments found on commandline', 1);
  }
  if (only !== undefined && !(only in BUILT_IN) && only !== 'security') return failed(`Table \`${only}' does not exist`, 1);
  const tables = [...host.ruleset].sort((a, b) => ORDER.indexOf(a.name) - ORDER.indexOf(b.name));
  return said(renderRuleset(tables, now, only, counters));
};
