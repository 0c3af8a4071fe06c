const key = "pingxin.shop";

/** The shop chosen in the top bar, kept for the next list; `null` means every shop. */
export function chosenShop(): string | null {
  return localStorage.getItem(key);
}

export function chooseShop(id: string | null): void {
  if (id === null) localStorage.removeItem(key);
  else localStorage.setItem(key, id);
}

/** What a link to a list carries so that it opens for the chosen shop. */
export function shopQuery(): string {
  const id = chosenShop();
  return id ? `?shop=${id}` : "";
}
