/** What a key means to the page rather than to the shell. */
export type PageKey = 'leave' | 'copy' | undefined;

/**
 * Decides which keys the terminal gives back to the page: Tab right after Esc leaves it, and copying keys copy a selection.
 * Returns a function fed with every key press in order.
 */
export function pageKeys(
  hasSelection: () => boolean,
): (event: Pick<KeyboardEvent, 'key' | 'type' | 'ctrlKey' | 'metaKey' | 'shiftKey'>) => PageKey {
  let escaped = false;
  return (event) => {
    if (event.type !== 'keydown' || ['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return undefined;
    const afterEscape = escaped;
    escaped = event.key === 'Escape';
    if (event.key === 'Tab' && afterEscape) return 'leave';
    const letter = event.key.toLowerCase() === 'c';
    if (letter && (event.ctrlKey || event.metaKey) && hasSelection()) return 'copy';
    return undefined;
  };
}
