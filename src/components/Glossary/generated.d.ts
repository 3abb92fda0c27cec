declare module '@generated/glossary/default/glossary.json' {
  import type { Letter } from '@site/src/components/Glossary/ordered';
  const letters: readonly Letter[];
  export default letters;
}
