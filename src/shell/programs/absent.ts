import type { Program } from '../program';

/** Programs that a real machine may have and this simulator has not: told apart from a typing error. */
export const absentPrograms = ['ifconfig', 'ipvsadm', 'make', 'minikube', 'openssl', 'ps', 'tcpdump'];

export const absent: Program = function* (context) {
  context.stderr(`${context.name}: this simulator does not have the program ${context.name}\n`);
  return 127;
};
