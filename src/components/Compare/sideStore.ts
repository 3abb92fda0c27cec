import type { PageState } from '../LabProvider/context';
import type { Store } from '../LabProvider/store';

/** What one side of a comparison looks at: its own trace, and the same step and lit values as the other side. */
export function sideStore(both: Store<PageState>, traceId: number | undefined): Store<PageState> {
  let seen: PageState | undefined;
  let value: PageState = { step: 0 };
  return {
    get() {
      if (seen !== both.get()) {
        seen = both.get();
        value = { ...seen, ...(traceId !== undefined && { traceId }) };
      }
      return value;
    },
    set({ traceId: _traceId, ...change }) {
      both.set(change);
    },
    subscribe: (listener) => both.subscribe(listener),
  };
}
