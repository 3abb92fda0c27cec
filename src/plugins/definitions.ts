import type { Plugin } from '@docusaurus/types';
import { readDefinitions } from './kubernetes-definitions';

/** Makes the descriptions of fields for `kubectl explain` a file of their own, which a page loads when somebody asks for it. */
export default function definitions(): Plugin {
  return {
    name: 'kubernetes-definitions',
    async contentLoaded({ actions }) {
      await actions.createData('definitions.json', readDefinitions());
    },
  };
}
