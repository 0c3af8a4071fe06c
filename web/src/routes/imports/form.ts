import { asGuessed, type ImportChoice } from "../../api/imports";
import type { Platform } from "../../api/types";

/** What stands in the import form. */
export interface ImportForm {
  files: File[];
  /** A shop's id, `new` for a shop to be made, or nothing chosen yet. */
  shop: string | "new" | null;
  newName: string;
  newPlatform: Platform;
}

export const emptyForm: ImportForm = { files: [], shop: null, newName: "", newPlatform: "taobao" };

export type Missing = "noFile" | "noShop" | "noName";

/** What must still be filled in before anything can be imported. */
export function missingIn(form: ImportForm): Missing[] {
  const missing: Missing[] = [];
  if (form.files.length === 0) missing.push("noFile");
  if (form.shop === null) missing.push("noShop");
  if (form.shop === "new" && form.newName.trim() === "") missing.push("noName");
  return missing;
}

/** One draft of each file. */
export function draftsOf(form: ImportForm): ImportChoice[] {
  return form.files.map((file) => ({
    file,
    shopId: form.shop === "new" ? null : form.shop,
    newShop: form.shop === "new" ? { name: form.newName.trim(), platform: form.newPlatform } : null,
    reading: asGuessed,
    dryRun: false,
    hold: true,
  }));
}
