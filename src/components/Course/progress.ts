import parts from '@generated/course/default/course.json';
import { useEffect, useState } from 'react';
import { reachedKey } from '../../lab/progress/keys';
import { safeStorage } from '../LabProvider/storage';

/** How many of its goals a reader has reached, by the id of the lesson. */
export type Progress = Readonly<Record<string, number>>;

function read(): Progress {
  const storage = safeStorage();
  const reached = (lab: string, goal: string) => storage.getItem(reachedKey(lab, goal)) === 'true';
  return Object.fromEntries(
    parts.flatMap(({ lessons }) =>
      lessons.map(
        ({ id, lab, goals }) => [id, lab === undefined ? 0 : goals.filter((goal) => reached(lab, goal)).length] as const,
      ),
    ),
  );
}

/** What this browser remembers of the course; nothing while the page is not alive yet. */
export function useProgress(): Progress {
  const [progress, setProgress] = useState<Progress>({});
  useEffect(() => {
    // Most readers have reached nothing yet, or nothing more: then the course is not drawn again.
    const update = () => {
      const now = read();
      setProgress((before) => (Object.keys(now).every((id) => now[id] === (before[id] ?? 0)) ? before : now));
    };
    update();
    // another tab, or a page that comes back from the history
    window.addEventListener('storage', update);
    window.addEventListener('pageshow', update);
    return () => {
      window.removeEventListener('storage', update);
      window.removeEventListener('pageshow', update);
    };
  }, []);
  return progress;
}
