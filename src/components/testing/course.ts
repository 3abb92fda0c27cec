import type { CoursePart } from '../../plugins/course';

/** Stands in for the course of a build in unit tests: no lesson is written. */
const parts: readonly CoursePart[] = [];

export default parts;
