declare module '@generated/kubernetes-definitions/default/definitions.json' {
  const definitions: Readonly<Record<string, Record<string, unknown>>>;
  export default definitions;
}
