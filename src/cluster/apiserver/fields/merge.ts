import type { Json } from '../../apimachinery/object';
import type { Schema } from '../schema';
import { isEmpty, type FieldSet } from './fieldset';
import { byElement, fieldOf, itemElement, itemsOf, shapeOf } from './walk';

/** The live object with an applied configuration laid over it. Upstream: typed/merge.go. */
export function mergeConfig(schema: Schema | undefined, live: Json, config: Json): Json {
  if (config === undefined) return live;
  const shape = shapeOf(schema, config);
  if (shape === 'leaf' || live === undefined || shapeOf(schema, live) !== shape) return config;
  if (shape === 'map') {
    const result: Json = { ...live };
    for (const key of Object.keys(config)) result[key] = mergeConfig(fieldOf(schema, key), live[key], config[key]);
    return result;
  }
  const wanted = byElement(schema, config);
  const had = byElement(schema, live);
  const order = [...wanted.keys()];
  const result: Json[] = [];
  const take = (element: string) => result.push(mergeConfig(itemsOf(schema), had.get(element), wanted.get(element)));
  // items only the live list has stay where they are; the others come in the configuration's order
  let next = 0;
  for (const element of had.keys()) {
    if (!wanted.has(element)) {
      result.push(had.get(element));
      continue;
    }
    const upTo = order.indexOf(element);
    while (next <= upTo) take(order[next++]!);
  }
  while (next < order.length) take(order[next++]!);
  return result;
}

/** The object without the fields of `gone`, except those that `kept` has, or has something below. */
export function withoutFields(schema: Schema | undefined, value: Json, gone: FieldSet, kept: FieldSet): Json {
  const drops = (name: string) => {
    const set = gone.children.get(name);
    const keeps = kept.children.get(name);
    return set?.member === true && (keeps === undefined || isEmpty(keeps));
  };
  const below = (name: string, child: Schema | undefined, item: Json) => {
    const set = gone.children.get(name);
    return set ? withoutFields(child, item, set, kept.children.get(name) ?? NOTHING) : item;
  };
  const shape = shapeOf(schema, value);
  if (shape === 'map') {
    const result: Json = {};
    for (const key of Object.keys(value))
      if (!drops(`f:${key}`)) result[key] = below(`f:${key}`, fieldOf(schema, key), value[key]);
    return result;
  }
  if (shape === 'leaf') return value;
  return (value as Json[])
    .map((item) => ({ item, element: itemElement(schema, item) ?? '' }))
    .filter(({ element }) => !drops(element))
    .map(({ item, element }) => below(element, itemsOf(schema), item));
}

const NOTHING: FieldSet = { member: false, children: new Map() };
