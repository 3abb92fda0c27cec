import type { LoadContext, Plugin } from '@docusaurus/types';
import { ordered } from '../components/Glossary/ordered';
import { terms } from '../components/Glossary/terms';

/** Makes the terms of the course a file of their own, in the language that is built and in its order. */
export default function glossary({ i18n }: LoadContext): Plugin {
  return {
    name: 'glossary',
    async contentLoaded({ actions }) {
      await actions.createData('glossary.json', JSON.stringify(ordered(terms, i18n.currentLocale === 'en' ? 'en' : 'ko')));
    },
  };
}
