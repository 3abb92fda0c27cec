import type { Bash } from 'just-bash';

type Plugin = Parameters<Bash['registerTransformPlugin']>[0];
type Script = ReturnType<Bash['transform']>['ast'];
type Statement = Script['statements'][number];

/** The command that loops run first, and long scripts now and then: no name that somebody would use. */
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
/** Commands one after the other between two turns. */
const STRETCH = 25;

/**
 * Makes each loop of a script begin its rounds with `TURN`, and puts it into long stretches of `;` and `&&`: just-bash itself goes from
 * command to command without ever letting go of the thread. Code that a script makes for `eval` has its limits only.
 */
export function withTurns(bash: Bash): Plugin {
  const [turn] = bash.transform(`${TURN} $?`).ast.statements;
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const part of Object.values(node)) visit(part);
    // `a && TURN && b`: it passes the status of `a` on
    if ('pipelines' in node && 'operators' in node) {
      const { pipelines, operators } = node as Statement;
      for (let at = STRETCH; at < pipelines.length; at += STRETCH + 1) {
        pipelines.splice(at, 0, turn!.pipelines[0]!);
        operators.splice(at, 0, operators[at - 1]!);
      }
    }
    if (isStatements(node)) for (let at = STRETCH; at < node.length; at += STRETCH + 1) node.splice(at, 0, turn);
    if ('type' in node && LOOPS.has(node.type as string) && 'body' in node) (node.body as unknown[]).unshift(turn);
  };
  return {
    name: 'turns',
    transform: ({ ast }: { ast: Script }) => {
      visit(ast);
      return { ast };
    },
  };
}

const isStatements = (node: object): node is unknown[] =>
  Array.isArray(node) && (node as { type?: unknown }[])[0]?.type === 'Statement';
