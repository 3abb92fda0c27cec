const HINT = "\nTry `iptables -h' or 'iptables --help' for more information.";

/** What iptables says when it gives up, and with which exit code. */
export class IptablesError extends Error {
  constructor(
    message: string,
    readonly exit: number,
  ) {
    super(message);
  }
}

/** A mistake in the command line. iptables: xtables_error, PARAMETER_PROBLEM */
export const misuse = (message: string): IptablesError => new IptablesError(`iptables v1.8.9 (nf_tables): ${message}${HINT}`, 2);

/** What libiptc and its nft replacement say for an errno. iptables: nft_strerror */
export const refused = (message: string): IptablesError => new IptablesError(`iptables: ${message}`, 1);

/** What the kernel did not take. */
export const kernelError = (message: string): IptablesError => new IptablesError(`iptables v1.8.9 (nf_tables):  ${message}`, 4);

/** An extension that exists, but not here. */
export const unsupported = (what: string): IptablesError => new IptablesError(`iptables: this simulator does not run ${what}`, 2);
