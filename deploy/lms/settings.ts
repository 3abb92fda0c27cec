import type { CountedLesson } from '../../src/lab/progress/stored';

/** What the package's page tells its script. */
export interface Settings {
  standard: 'scorm12' | 'scorm2004' | 'cmi5';
  language: 'ko' | 'en';
  /** The lessons that have goals. */
  course: CountedLesson[];
}
