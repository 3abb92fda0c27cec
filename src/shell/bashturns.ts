import type { Bash } from 'just-bash';

type Plugin = Parameters<Bash['registerTransformPlugin']>[0];
type Script = ReturnType<Bash['transform']>['ast'];

/** The command that loops run first: no name that somebody would use. */
export const TURN = '__turn';

/** How long a script may keep the page from drawing and listening, ms. */
const ATTENTION = 8;
let begun = 0;

/** Gives the page a turn, in which Ctrl-C is heard, when it has had none for a while. @returns the status that it was given */
export async function takeTurn(status = '0'): Promise<number> {
  const now = performance.now();
  if (now - begun > ATTENTION) {
    await new Promise((resolve) => setTimeout(resolve, 0));
    begun = performance.now();
  }
  return Number(status);
}

const LOOPS = new Set(['While', 'Until', 'For', 'CStyleFor']);

/**
 * Makes each loop of a script begin its rounds with `TURN`: just-bash itself goes from command to command without ever letting go of the
 * thread. Code that a script makes for `eval` has its limits only.
 */
export function turnsInLoops(bash: Bash): Plugin {
  const [turn] = bash.transform(`${TURN} $?`).ast.statements;
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const part of Object.values(node)) visit(part);
    if ('type' in node && LOOPS.has(node.type as string) && 'body' in node) (node.body as unknown[]).unshift(turn);
  };
  return {
    name: 'turns in loops',
    transform: ({ ast }: { ast: Script }) => {
      visit(ast);
      return { ast };
    },
  };
}
