/** `ip:port`, or the address alone where there are no ports. */
export function endpoint(address: string, port: number): string {
  return port === 0 ? address : `${address}:${port}`;
}
