/**
 * Commands that ours still prints otherwise than kubectl does, by the case and the end of the line. They count neither as the same nor
 * as different and are printed at the end; one that agrees must leave this list, or the suite fails.
 */
const unfinished: readonly (readonly [name: string, ending: string, why: string])[] = [
  ['changes', 'kubectl rollout history deploy/web -o json', 'order of fields in fieldRef and resources'],
  ['changes', 'kubectl edit svc web --subresource=foo', 'edit does not know --subresource'],
  ['changes', 'kubectl edit svc web -o name', 'edit does not check -o'],
  ['changes', 'kubectl edit svc web -o wide', 'edit does not check -o'],
  ['edit and patch', 'kubectl edit svc web --output-patch', 'edit does not print patches'],
  ['edit and patch', 'kubectl edit deploy web --save-config', 'edit does not keep the configuration'],
  ['edit and patch', 'kubectl edit deploy web --subresource=scale', 'edit does not know --subresource'],
  ['edit and create', 'kubectl create --edit -f one.yaml -f new.yaml', 'create --edit opens no editor'],
  ['edit and create', 'kubectl get svc new -o yaml', 'made by the command before'],
  ['edit and create', 'kubectl create --edit -f other.yaml --dry-run=client -o name', 'create --edit opens no editor'],
  ['edit and create', 'kubectl create --edit -f one.yaml --save-config', 'create --edit opens no editor'],
  ['edit and create', 'kubectl get cm one -o yaml', 'made by the command before'],
  ['sizes', 'kubectl scale deploy web --replicas=4 --timeout=1ms', 'scale does not wait'],
];

/** Why a command is known to differ; undefined when it must be the same. */
export function knownToDiffer(name: string, step: string): string | undefined {
  return unfinished.find(([one, ending]) => one === name && step.endsWith(ending))?.[2];
}
