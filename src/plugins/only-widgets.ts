import { visit } from 'unist-util-visit';

type Tree = Parameters<typeof visit>[0];

interface SourceFile {
  fail(message: string, place: unknown): never;
}

/** Lessons are the top layer: prose and the widgets that the theme registers, nothing else of src/. */
export default function onlyWidgets() {
  return (tree: Tree, file: SourceFile): void => {
    visit(tree, 'mdxjsEsm', (node) => {
      file.fail(
        'A lesson imports and exports nothing: register a widget in src/theme/MDXComponents instead',
        (node as { position?: unknown }).position,
      );
    });
  };
}
