import type { Case } from '../case';
import { errors } from './errors';
import { generators } from './generators';
import { manifests } from './manifests';
import { printing } from './printing';
import { writing } from './writing';

export const cases: readonly Case[] = [...printing, ...errors, ...generators, ...manifests, ...writing];
