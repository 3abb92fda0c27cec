import type { ReactNode } from 'react';
import Served from './served';

/** The terms of the course in the order of the page's language: each in both languages, what it means, and the lessons that explain it. */
export default function Glossary(): ReactNode {
  return <Served />;
}
