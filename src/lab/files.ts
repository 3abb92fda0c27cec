import type { Files } from '../shell/files';

/** The learner's files by name, relative to home; a file being edited elsewhere (kubectl edit) by its path. */
export function filesOf(files: Files, editing?: string): Record<string, string> {
  const prefix = `${files.home}/`;
  const found: Record<string, string> = {};
  for (const [path, text] of files.entries()) if (path.startsWith(prefix)) found[path.slice(prefix.length)] = text;
  if (editing?.startsWith('/')) found[editing] = files.read(editing) ?? '';
  return found;
}

/** The name under which the lab shows a path. */
export function fileName(files: Files, path: string): string {
  return path.startsWith(`${files.home}/`) ? path.slice(files.home.length + 1) : path;
}
