import type { Session } from '../session';

/** Whether the other end gets a terminal, and the word where it was asked for and cannot. Upstream: exec.StreamOptions.SetupTTY. */
export function hasTerminal(
  { environment }: Session,
  { stdin, tty, quiet }: Record<'stdin' | 'tty' | 'quiet', boolean>,
): boolean {
  if (!stdin || !tty) return false;
  if (environment.terminal) return true;
  if (!quiet) environment.stderr('Unable to use a TTY - input is not a terminal or the right kind of file\n');
  return false;
}

/** What one is told when connected to a container's program. Upstream: attach.AttachOptions.Run. */
export const ATTACHED =
  'All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.\n' +
  "If you don't see a command prompt, try pressing enter.\n";

/** What one is told when a session in a terminal is over. Upstream: attach.AttachOptions.reattachMessage. */
export function reattachMessage(namespace: string, pod: string, container: string, ephemeral: boolean): string {
  const command = `'kubectl attach ${pod} -c ${container} -n ${namespace} -i -t'`;
  return ephemeral
    ? `Session ended, the ephemeral container will not be restarted but may be reattached using ${command} if it is still running\n`
    : `Session ended, resume using ${command} command\n`;
}
