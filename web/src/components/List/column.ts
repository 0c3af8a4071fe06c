import type { ReactNode } from "react";
import type { Choosable } from "../../filter/columns";

/** A column of a list. On a phone only the first one is seen, which then tells the rest in short. */
export interface ListColumn<Row> extends Choosable {
  title: string;
  width?: number;
  align?: "right";
  /** Only from a large window on. */
  large?: boolean;
  render: (row: Row) => ReactNode;
  /** The columns of an exported file that say the same. */
  exported?: readonly string[];
}
