/** Amounts by currency as a person types them: "CNY 20.00, USD 5". */
export function amountsText(amounts: Record<string, string>): string {
  return Object.entries(amounts).map(([currency, amount]) => `${currency} ${amount}`).join(", ");
}

/** Reads them back; null where it is not written so. Nothing is no amount at all. */
export function amountsOf(text: string): Record<string, string> | null {
  const parts = text.split(/[,，;；]/).map((part) => part.trim()).filter((part) => part !== "");
  const amounts: Record<string, string> = {};
  for (const part of parts) {
    const found = /^([A-Za-z]{3})\s*([0-9]+(?:\.[0-9]+)?)$/.exec(part);
    if (!found?.[1] || !found[2]) return null;
    amounts[found[1].toUpperCase()] = found[2];
  }
  return amounts;
}
