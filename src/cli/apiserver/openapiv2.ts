import type { ServerResponse } from 'node:http';

const MEDIA_TYPE = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

/** A field of bytes in protobuf: its number, its length, itself. All of them are short. */
const field = (number: number, bytes: Buffer): Buffer => Buffer.concat([Buffer.from([(number << 3) | 2, bytes.length]), bytes]);
const text = (number: number, value: string): Buffer => field(number, Buffer.from(value));

/** A document of OpenAPI v2 that describes no kind: what a kubectl that meets an unknown kind then finds is that there is nothing to check. */
const DOCUMENT = Buffer.concat([text(1, '2.0'), field(2, Buffer.concat([text(1, 'Kubernetes'), text(2, 'unversioned')]))]);

export const asksForOpenApiV2 = (path: string, accept = ''): boolean => path === '/openapi/v2' && accept.includes('spec.v2');

export function sendOpenApiV2(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': MEDIA_TYPE, 'content-length': DOCUMENT.length });
  response.end(DOCUMENT);
}
