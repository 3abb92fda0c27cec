import type { Program } from '../program';

/** Programs that a real machine may have and this simulator has not, with what to use instead: told apart from a typing error. */
export const absentPrograms: Readonly<Record<string, string>> = {
  ifconfig: 'use "ip addr" and "ip link"',
  make: 'run the commands of the Makefile by hand, such as openssl',
  minikube: 'this cluster has nodes of its own: take an address from "kubectl get nodes -o wide"',
};

export const absent: Program = function* (context) {
  const { name } = context;
  context.stderr(`${name}: this simulator does not have the program ${name}: ${absentPrograms[name] ?? ''}\n`);
  return 127;
};
