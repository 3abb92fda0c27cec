/**
 * Stands in for hoist-non-react-statics, which copies a component's static properties to the component around it: those that
 * Docusaurus gives to its router have none.
 */
export default function hoist<T>(target: T): T {
  return target;
}
