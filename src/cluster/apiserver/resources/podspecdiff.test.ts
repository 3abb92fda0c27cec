import { expect, test } from 'vitest';
import { podSpecDifference } from './podspecdiff';

const spec = {
  containers: [{ name: 'a', image: 'nginx:1.27', resources: {}, ports: [{ containerPort: 80, protocol: 'TCP' }] }],
  hostNetwork: true,
  securityContext: {},
  restartPolicy: 'Always',
};

test('a change of a pod is told as the fields that the server holds, three lines around it', () => {
  const difference = podSpecDifference(spec, { ...spec, restartPolicy: 'Never', hostNetwork: undefined });
  expect(difference).toBe(`@@ -43,7 +43,7 @@
   }
  ],
  "EphemeralContainers": null,
- "RestartPolicy": "Always",
+ "RestartPolicy": "Never",
  "TerminationGracePeriodSeconds": null,
  "ActiveDeadlineSeconds": null,
  "DNSPolicy": "",
@@ -52,7 +52,7 @@
  "AutomountServiceAccountToken": null,
  "NodeName": "",
  "SecurityContext": {
-  "HostNetwork": true,
+  "HostNetwork": false,
   "HostPID": false,
   "HostIPC": false,
   "ShareProcessNamespace": null,
`);
  expect(podSpecDifference(spec, spec)).toBe('');
});
