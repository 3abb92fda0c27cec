import { ignoredFlags, notSimulatedCommand } from './notsimulated';

export const proxy = notSimulatedCommand('proxy', 'Run a proxy to the Kubernetes API server', {
  use: '[--port=PORT] [--www=static-dir] [--www-prefix=prefix] [--api-prefix=prefix]',
  answer:
    'not simulated yet: this simulator does not serve its API on a port; kubectl get --raw PATH asks it, and kubectl port-forward leads to pods',
  flags: ignoredFlags(
    String.raw`string:accept-hosts=^localhost$,^127\.0\.0\.1$,^\[::1\]$ string:accept-paths=^.* string:address=127.0.0.1 string:api-prefix=/ bool:append-server-path bool:disable-filter duration:keepalive=0s int:p/port=8001 string:reject-methods=^$ string:reject-paths=^/api/.*/pods/.*/exec,^/api/.*/pods/.*/attach string:u/unix-socket string:w/www string:P/www-prefix=/static/`,
  ),
});
