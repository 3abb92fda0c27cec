import { translate } from '@docusaurus/Translate';

/** A host id of a trace in the reader's words, e.g. `pod:default/web-0` as "파드 web-0". */
export function hostName(host: string): string {
  const [kind, rest = ''] = [host.slice(0, (host + ':').indexOf(':')), host.slice(host.indexOf(':') + 1)];
  if (kind === 'internet') return translate({ id: 'widget.host.internet', message: '노트북' });
  if (kind === 'vm') return translate({ id: 'widget.host.vm', message: '테넌트 VM' });
  if (kind === 'router') return translate({ id: 'widget.host.router', message: '라우터' });
  if (kind === 'control-plane') return translate({ id: 'widget.host.controlPlane', message: '컨트롤 플레인' });
  if (kind === 'lb')
    return translate({ id: 'widget.host.balancer', message: '로드 밸런서 {name}' }, { name: rest.split('/').pop() ?? rest });
  if (kind === 'pod')
    return translate({ id: 'widget.host.pod', message: '파드 {name}' }, { name: rest.replace(/^default\//, '') });
  return rest || host;
}
