declare module '@generated/support-data/default/missing.json' {
  import type { MissingData } from '@site/src/plugins/support-data';
  const missing: MissingData;
  export default missing;
}
