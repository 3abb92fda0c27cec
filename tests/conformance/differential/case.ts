/** Commands that run one after another on a fresh cluster of their own, once by the real kubectl and once by ours. */
export interface Case {
  name: string;
  /** Shell command lines. */
  steps: readonly string[];
  /** Files in the working directory. */
  files?: Readonly<Record<string, string>>;
  stdin?: string;
  /** No time passes between the steps: they only read. */
  still?: boolean;
  /** Start with these manifests instead of the fixture's. */
  manifests?: readonly string[];
}

/** Real time that a case takes must stay well under a minute, for the ages that kubectl works out itself. */
const CHUNK = 60;

/** Commands that only read may share a cluster. */
export function reads(name: string, steps: readonly string[], files?: Case['files']): Case[] {
  const chunks = Array.from({ length: Math.ceil(steps.length / CHUNK) }, (_, index) =>
    steps.slice(index * CHUNK, (index + 1) * CHUNK),
  );
  return chunks.map((chunk) => ({ name, steps: chunk, still: true, ...(files && { files }) }));
}
