/** Where to go after signing in: a page of this very desk, whatever the address says. */
export function nextPage(params: URLSearchParams): string {
  const wanted = params.get("next") ?? "/";
  try {
    const address = new URL(wanted, window.location.origin);
    const isOurs = wanted.startsWith("/") && address.origin === window.location.origin && !["/login", "/setup", "/invite"].includes(address.pathname);
    return isOurs ? address.pathname + address.search : "/";
  } catch {
    return "/";
  }
}
