/** The host a link leads to; none for what is no address of the web. */
export function hostOf(link: string | null): string | null {
  if (!link || !URL.canParse(link)) return null;
  const { protocol, host } = new URL(link);
  return (protocol === "https:" || protocol === "http:") && host ? host : null;
}
