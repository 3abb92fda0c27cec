/** What the reader looks for. */
export interface Filter {
  /** Lower case, without blanks around it. */
  text: string;
  /** Only what is not done here. */
  missing: boolean;
}

/** Whether an entry is to be shown. @param words any of which may hold the text @param does whether the simulator does it */
export function matches({ text, missing }: Filter, words: readonly string[], does: boolean): boolean {
  return !(missing && does) && (text === '' || words.some((word) => word.toLowerCase().includes(text)));
}
