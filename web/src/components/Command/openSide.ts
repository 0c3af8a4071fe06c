/** Opens the narrow window that stands beside a chat program. A second call brings the same window forward. */
export function openSide(): void {
  const height = Math.min(900, window.screen.availHeight);
  const left = window.screen.availWidth - 380;
  window.open("/side", "pingxin-side", `popup,width=380,height=${height},left=${left},top=0`)?.focus();
}
