import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';

/** Lessons are the top layer: prose and the widgets that the theme registers, nothing else of src/. */
export default function onlyWidgets() {
  return (tree: Root, file: VFile): void => {
    visit(tree, (node) => {
      if ((node.type as string) === 'mdxjsEsm') {
        file.fail('A lesson imports and exports nothing: register a widget in src/theme/MDXComponents instead', node.position);
      }
    });
  };
}
