/**
 * A kubeconfig for the simulator at `server` (`http://127.0.0.1:PORT`). It asks for no
 * credentials: whoever reaches it is its administrator. Some clients take plain HTTP only from who waives TLS in so many words.
 */
export function kubeconfig(server: string): string {
  return `apiVersion: v1
kind: Config
clusters:
- cluster:
    insecure-skip-tls-verify: true
    server: ${server}
  name: packet-to-pod
contexts:
- context:
    cluster: packet-to-pod
    user: learner
  name: packet-to-pod
current-context: packet-to-pod
users:
- name: learner
  user: {}
`;
}
