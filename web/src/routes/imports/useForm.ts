import { useEffect, useState } from "react";
import { useShops } from "../../api/shops";
import { emptyForm, type ImportForm } from "./form";

/** What stands in the import form, with the shop chosen where there is but one. */
export function useForm(sending: boolean) {
  const { shops, isPending } = useShops();
  const [form, setForm] = useState<ImportForm>(emptyForm);
  const change = (part: Partial<ImportForm>) => setForm((now) => ({ ...now, ...part }));

  useEffect(() => {
    if (isPending || form.shop !== null) return;
    const only = shops.length === 1 ? shops[0]?.id : shops.length === 0 ? "new" : undefined;
    if (only) change({ shop: only });
  }, [isPending, shops, form.shop]);

  // A shop that came to be by this import, or was there under this name all along.
  const namesake = form.shop === "new" && !sending ? shops.find((shop) => shop.name === form.newName.trim())?.id : undefined;
  useEffect(() => {
    if (namesake) change({ shop: namesake, newName: "" });
  }, [namesake]);
  return { form, change };
}
