import { provideDescriptions, type Descriptions } from '../cluster/apiserver/definitions';
import { documentOf } from '../cluster/apiserver/openapidocument';
import { readDefinitions } from '../plugins/kubernetes-definitions';

let read: Descriptions | undefined;

/** Gives API servers in this process the definitions from the installed packages, read when first asked for. */
export function provideFromPackages(): void {
  provideDescriptions(() => (read ??= { definitions: readDefinitions(), documentOf }));
}
