import iconv from "iconv-lite";

export interface Row {
  order: string;
  product: string;
  text: string;
  stars: string;
  at: string;
  buyer: string;
}

const heads = ["订单编号", "商品标题", "评价内容", "评分", "评价时间", "买家昵称"];

function cell(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function csvOf(rows: readonly (readonly string[])[]): string {
  return `${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

interface Sent {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** A file as a seller's back office writes it: CSV in GBK. */
export function gbkFile(name: string, rows: readonly Row[]): Sent {
  const cells = rows.map((row) => [row.order, row.product, row.text, row.stars, row.at, row.buyer]);
  return { name, mimeType: "text/csv", buffer: iconv.encode(csvOf([heads, ...cells]), "gbk") };
}

/** A file of any columns, the first row their headings: CSV in UTF-8. */
export function csvFile(name: string, rows: readonly (readonly string[])[]): Sent {
  return { name, mimeType: "text/csv", buffer: Buffer.from(csvOf(rows), "utf8") };
}

export function review(number: number, text: string, stars: string | number): Row {
  return {
    order: String(3_300_000_000_000 + number),
    product: "加厚保温杯 500ml",
    text,
    stars: String(stars),
    at: `2026-11-${String(1 + (number % 20)).padStart(2, "0")} 10:${String(number % 60).padStart(2, "0")}:00`,
    buyer: `买家${number}`,
  };
}
