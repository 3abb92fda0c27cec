/** None: it lay over captions on phones and over the terminal on wide screens. */
export default function BackToTopButton(): null {
  return null;
}
