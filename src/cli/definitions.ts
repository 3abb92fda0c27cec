import { provideDefinitions, type Definitions } from '../cluster/apiserver/definitions';
import { readDefinitions } from '../plugins/kubernetes-definitions';

let read: Definitions | undefined;

/** Gives API servers in this process the definitions from the installed packages, read when first asked for. */
export function provideFromPackages(): void {
  provideDefinitions(() => (read ??= readDefinitions()));
}
