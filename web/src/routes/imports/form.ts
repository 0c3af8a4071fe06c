import type { ImportChoice } from "../../api/imports";
import type { MappedColumn, Platform } from "../../api/types";

/** What stands in the import form. */
export interface ImportForm {
  files: File[];
  /** A shop's id, `new` for a shop to be made, or nothing chosen yet. */
  shop: string | "new" | null;
  newName: string;
  newPlatform: Platform;
  encoding: string | null;
  columns: { field: string; column: string }[];
}

export const emptyForm: ImportForm = { files: [], shop: null, newName: "", newPlatform: "taobao", encoding: null, columns: [] };

export type Missing = "noFile" | "noShop" | "noName";

/** What must still be filled in before anything can be imported. */
export function missingIn(form: ImportForm): Missing[] {
  const missing: Missing[] = [];
  if (form.files.length === 0) missing.push("noFile");
  if (form.shop === null) missing.push("noShop");
  if (form.shop === "new" && form.newName.trim() === "") missing.push("noName");
  return missing;
}

export function choicesOf(form: ImportForm, dryRun: boolean): ImportChoice[] {
  const map = Object.fromEntries(
    form.columns.filter(({ field, column }) => field && column.trim()).map(({ field, column }) => [field, column.trim()]),
  );
  return form.files.map((file) => ({
    file,
    shopId: form.shop === "new" ? null : form.shop,
    newShop: form.shop === "new" ? { name: form.newName.trim(), platform: form.newPlatform } : null,
    encoding: form.encoding,
    map,
    dryRun,
  }));
}

/** What a column is read as once the form's own wishes are taken into account. */
export function fieldOf(mapped: MappedColumn, columns: ImportForm["columns"]): string | null {
  const wish = columns.find(({ column }) => column === mapped.column);
  if (wish) return wish.field;
  const isTaken = columns.some(({ field }) => field === mapped.field);
  return isTaken ? null : (mapped.field ?? null);
}

/** The form's wishes after one column was given another field. */
export function withColumn(columns: ImportForm["columns"], column: string, field: string): ImportForm["columns"] {
  return [...columns.filter((wish) => wish.column !== column && wish.field !== field), { field, column }];
}
