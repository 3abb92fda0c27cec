/** Gives the reader a file; nothing is sent anywhere. */
export function download(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Browsers that ask where to put it still need it then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
