/** Does all the pieces of some work at once, for whoever has nothing else to do in between. Returns what the work returns. */
export function atOnce<Result>(work: Generator<undefined, Result>): Result {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
