import { forbidden, invalid, notSupported, type FieldError } from '../../../apimachinery/fielderror';
import { validateAddress } from '../../../apimachinery/ip';
import { dns1123Subdomain } from '../../../apimachinery/names';
import type { Json, KubeObject } from '../../../apimachinery/object';

const IP_MODES = ['Proxy', 'VIP'];

/** Upstream: pkg/apis/core/validation ValidateLoadBalancerStatus. */
export function validateServiceStatus({ spec, status }: KubeObject): FieldError[] {
  const ingress: Json[] = status.loadBalancer?.ingress ?? [];
  const path = 'status.loadBalancer.ingress';
  if (spec.type !== 'LoadBalancer')
    return ingress.length > 0 ? [forbidden(path, "may only be used when `spec.type` is 'LoadBalancer'")] : [];
  return ingress.flatMap(({ ip, ipMode, hostname }, index) => {
    const field = `${path}[${index}]`;
    const errors = ip ? validateAddress(`${field}.ip`, ip) : [];
    if (ipMode !== undefined && !ip) errors.push(forbidden(`${field}.ipMode`, 'may not be specified when `ip` is not set'));
    else if (ipMode !== undefined && !IP_MODES.includes(ipMode)) errors.push(notSupported(`${field}.ipMode`, ipMode, IP_MODES));
    if (hostname) {
      errors.push(...dns1123Subdomain(hostname).map((message) => invalid(`${field}.hostname`, hostname, message)));
      if (/^\d+(\.\d+){3}$/.test(hostname))
        errors.push(invalid(`${field}.hostname`, hostname, 'must be a DNS name, not an IP address'));
    }
    return errors;
  });
}
