import path from 'node:path';
import type { CurrentBundler } from '@docusaurus/types';

/** What a browser gets in place of some modules, most of them because their result comes with the page's HTML. */
export function forBrowser({ NormalModuleReplacementPlugin }: CurrentBundler['instance'], siteDir: string) {
  const components = path.join(siteDir, 'src/components');
  return [
    new NormalModuleReplacementPlugin(/^node:zlib$/, path.join(siteDir, 'src/plugins/zlib-stub.ts')),
    // Lists that never change.
    new NormalModuleReplacementPlugin(/^\.\/served$/, './servedInPage'),
    // The still pictures' data: every scenario in every page's script would weigh too much.
    new NormalModuleReplacementPlugin(/LabProvider[\\/]scenario\.ts$/, path.join(components, 'LabProvider/scenarioInPage.ts')),
    new NormalModuleReplacementPlugin(/ClusterMap[\\/]StillPicture\.tsx$/, path.join(components, 'ClusterMap/stillInPage.tsx')),
  ];
}
