import { existsSync } from 'node:fs';

/** One part of the course, or the pages that are looked things up in. */
export interface Part {
  id: string;
  label: { ko: string; en: string };
  /** In reading order; a lesson's id is the name of its file in docs/ and its address below /learn/. */
  lessons: readonly string[];
}

/** The course in the order it is read. A lesson joins when its file is there. */
export const plan: readonly Part[] = [
  {
    id: 'types',
    label: { ko: '세 가지 타입', en: 'The three types' },
    lessons: ['why-services', 'clusterip', 'nodeport', 'loadbalancer', 'reading-services'],
  },
  {
    id: 'behind',
    label: { ko: '그 뒤에서 일어나는 일', en: 'What is behind it' },
    lessons: ['endpoints', 'dns', 'kube-proxy', 'packet'],
  },
  {
    id: 'choosing',
    label: { ko: '고르고 쓰기', en: 'Choosing' },
    lessons: ['ports', 'source-ip', 'affinity', 'ending-pods', 'loadbalancer-practice', 'other-services', 'access-ways'],
  },
  {
    id: 'labs',
    label: { ko: '실습', en: 'Labs' },
    lessons: [
      'lab-selector',
      'lab-target-port',
      'lab-named-port',
      'lab-not-ready',
      'lab-pending',
      'lab-local',
      'lab-port-taken',
      'lab-namespace',
      'exam',
    ],
  },
  {
    id: 'reference',
    label: { ko: '찾아보기', en: 'Reference' },
    lessons: [
      'cheat-sheet',
      'port-table',
      'service-fields',
      'glossary',
      'limits',
      'source-note',
      'misconceptions',
      'embedding',
      'onboarding',
      'self-hosting',
    ],
  },
];

const isWritten = (lesson: string): boolean => existsSync(new URL(`docs/${lesson}.mdx`, import.meta.url));

/** The parts with the lessons that are written. */
export const parts: readonly Part[] = plan
  .map((part) => ({ ...part, lessons: part.lessons.filter(isWritten) }))
  .filter((part) => part.lessons.length > 0);
