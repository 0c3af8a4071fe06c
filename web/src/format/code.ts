/** A code as it was meant: without the spaces that people and apps put in, full-width digits as digits. */
export function codeOnly(text: string): string {
  return text.normalize("NFKC").replace(/\s+/gu, "");
}

/** A secret in groups of four, as it is read aloud and typed. */
export function spaced(secret: string): string {
  return secret.replace(/(.{4})(?=.)/gu, "$1 ");
}

/** What the file of recovery codes says: the codes, one a line, under a line that says what they are. */
export function codesFile(title: string, codes: readonly string[]): string {
  return `${title}\r\n\r\n${codes.join("\r\n")}\r\n`;
}
