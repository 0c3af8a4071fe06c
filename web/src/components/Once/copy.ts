/** Puts a text into the clipboard. Answers whether it is there: an old browser or a refusal may keep it out. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
