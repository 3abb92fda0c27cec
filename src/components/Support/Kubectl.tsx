import Translate, { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import type { SupportData } from '../../plugins/support-data';
import { matches, type Filter } from './filter';
import { Mark, Section } from './Section';
import styles from './support.module.css';

type Flag = SupportData['globalFlags'][number];
type CommandEntry = SupportData['commands'][number];

const shown = ({ name, short }: Flag) => (short === undefined ? `--${name}` : `-${short}, --${name}`);

/** Commands of kubectl with their flags. */
export function Kubectl({
  commands,
  globalFlags,
  filter,
}: Pick<SupportData, 'commands' | 'globalFlags'> & { filter: Filter }): ReactNode {
  const found = commands.flatMap((command) => {
    const itself = matches(filter, [command.path, command.short], command.support === 'simulated');
    const flags = command.flags.filter((flag) => matches(filter, [shown(flag)], flag.support === 'simulated'));
    // a command that was looked for comes with all of its flags
    const all = itself && !filter.missing ? command.flags : flags;
    return itself || flags.length > 0 ? [{ command, flags: all }] : [];
  });
  const globals = globalFlags.filter((flag) => matches(filter, [shown(flag)], flag.support === 'simulated'));
  const done = commands.filter(({ support }) => support === 'simulated').length;
  const searching = filter.text !== '' || filter.missing;
  return (
    <Section
      id="kubectl"
      title={<Translate id="support.kubectl">kubectl 명령과 플래그</Translate>}
      count={{ done, all: commands.length, found: found.length + globals.length }}
    >
      {found.map(({ command, flags }) => (
        <Entry key={command.path} command={command} flags={flags} open={searching && flags.length > 0 && flags.length <= 12} />
      ))}
      {globals.length > 0 && (
        <details className={styles.entry} open={searching && globals.length <= 12}>
          <summary>{translate({ id: 'support.globalFlags', message: '모든 명령의 플래그' })}</summary>
          <Flags flags={globals} />
        </details>
      )}
    </Section>
  );
}

function Entry({ command, flags, open }: { command: CommandEntry; flags: readonly Flag[]; open: boolean }): ReactNode {
  const title = (
    <>
      <code>{command.path}</code> <Mark state={command.support} />
      <span className={styles.short} lang="en">
        {command.short}
      </span>
    </>
  );
  if (flags.length === 0) return <p className={styles.entry}>{title}</p>;
  // the key makes a new element when the search opens or closes it; what the reader opened meanwhile is let go
  return (
    <details className={styles.entry} key={String(open)} open={open}>
      <summary>{title}</summary>
      <Flags flags={flags} />
    </details>
  );
}

function Flags({ flags }: { flags: readonly Flag[] }): ReactNode {
  return (
    <ul className={styles.flags}>
      {flags.map((flag) => (
        <li key={flag.name}>
          <code>{shown(flag)}</code> <Mark state={flag.support} />
        </li>
      ))}
    </ul>
  );
}
