import type { App } from '../../cluster/network';
import type { ProgramContext } from '../program';
import { pathOf } from '../shell';
import { readCertificate } from '../x509';
import type { CurlOptions } from './curl-options';
import { speaksTls } from './tls';

const MORE = `
More details here: https://curl.se/docs/sslcerts.html

curl failed to verify the legitimacy of the server and therefore could not
establish a secure connection to it. To learn more about this situation and
how to fix it, please visit the webpage mentioned above.`;

/** What is wrong with the handshake, as curl's exit code and words; undefined when nothing is. */
export function handshake(
  context: ProgramContext,
  options: CurlOptions,
  { host }: { host: string },
  app: App | undefined,
): [number, string] | undefined {
  if (app === undefined || !speaksTls(app)) return [35, 'TLS connect error: error:0A00010B:SSL routines::wrong version number'];
  let trusted = '';
  if (options.cacert !== undefined && !options.insecure) {
    const text = context.machine.files.read(pathOf(context, options.cacert));
    if (text === undefined) return [77, `error setting certificate verify locations:  CAfile: ${options.cacert} CApath: none`];
    trusted = text;
  }
  if (options.insecure) return undefined;
  if (app.kind === 'tls') return [60, `SSL certificate problem: unable to get local issuer certificate${MORE}`];
  const pem = String(app.certificate);
  if (!trusted.includes(pem.trim())) return [60, `SSL certificate problem: self-signed certificate${MORE}`];
  const certificate = readCertificate(pem);
  if (!certificate) return [35, 'TLS connect error: error:0A000126:SSL routines::unexpected eof while reading'];
  const now = context.shell.world.now();
  if (now > certificate.notAfter) return [60, `SSL certificate problem: certificate has expired${MORE}`];
  if (certificate.names.length > 0) {
    if (certificate.names.some((name) => matches(name, host))) return undefined;
    return [60, `SSL: no alternative certificate subject name matches target host name '${host}'${MORE}`];
  }
  if (matches(certificate.commonName, host)) return undefined;
  return [60, `SSL: certificate subject name '${certificate.commonName}' does not match target host name '${host}'${MORE}`];
}

function matches(name: string, host: string): boolean {
  return (
    name.toLowerCase() === host.toLowerCase() || (name.startsWith('*.') && host.slice(host.indexOf('.') + 1) === name.slice(2))
  );
}
