import Link from '@docusaurus/Link';
import type { ReactNode } from 'react';
import type { Place } from '../../lab/types';
import { writtenPlaces } from '../Course/places';

/** The heading of a lesson that deals with a task, by the lesson's name. */
export function LessonLink({ place }: { place: Place }): ReactNode {
  return writtenPlaces([place]).map(({ to, title }) => (
    <Link key={to} to={to}>
      {title}
    </Link>
  ));
}
