import type { FollowerName } from '../../cluster/linux/tools';
import type { Program } from '../program';
import { loadTools, refusal } from './node';

/** How often it looks at what only time changes, ms. */
const LOOK = 1000;

/** A program that prints what happens on its machine's network until Ctrl-C, or until it has seen enough. */
export function follower(name: FollowerName): Program {
  return function* (context) {
    const { world, options } = context.shell;
    const refused = name === 'conntrack' && context.machine.unprivileged ? refusal(name, context.args) : undefined;
    if (refused) {
      context.stderr(refused.stderr);
      return refused.exit;
    }
    const { followers } = yield* context.shell.load(loadTools);
    const started = world.network.follow(context.machine.place, followers[name], context.args, (text) => {
      context.stdout(text);
      // a program that has seen enough ends as soon as the clock goes on
      options.jobs.noteChange();
    });
    if ('exit' in started) {
      if (started.stdout !== '') context.stdout(started.stdout);
      if (started.stderr !== '') context.stderr(started.stderr);
      return started.exit;
    }
    context.stderr(started.intro);
    try {
      while (!started.done) {
        yield { until: world.now() + LOOK, change: true };
        started.look();
      }
    } finally {
      const { stderr, exit } = started.stop();
      context.stderr(stderr);
      // eslint-disable-next-line no-unsafe-finally -- Ctrl-C is the usual end, and the exit code is the program's own
      return exit;
    }
  };
}
