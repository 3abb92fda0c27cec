import parts from '@generated/course/default/course.json';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Progress } from '../../lab/progress/file';
import { learnerKey } from '../../lab/progress/keys';
import { readProgress, writeProgress } from '../../lab/progress/stored';
import { safeStorage } from '../LabProvider/storage';

/** The lessons in their order. */
export const course = parts.flatMap(({ lessons }) => lessons);

/** What this browser remembers, none while the page is not alive yet; puts a merged one in its place, or only another name. */
export function useStored(): { progress?: Progress; keep(progress: Progress): void; rename(name: string): void } {
  const storage = useRef<ReturnType<typeof safeStorage>>(undefined);
  const [progress, setProgress] = useState<Progress>();
  const read = useCallback(() => {
    storage.current ??= safeStorage();
    setProgress(readProgress(storage.current, course, new Date().toISOString()));
  }, []);
  useEffect(() => {
    read();
    // another tab goes on with a lesson
    window.addEventListener('storage', read);
    return () => window.removeEventListener('storage', read);
  }, [read]);
  return {
    progress,
    keep(merged) {
      if (storage.current) writeProgress(storage.current, course, merged);
      read();
    },
    rename(name) {
      storage.current?.setItem(learnerKey, name);
      read();
    },
  };
}
