export const languages = ["zh-CN", "en-US"] as const;
export type Language = (typeof languages)[number];

/** What the lists say in both languages. */
export const words = {
  "zh-CN": {
    reviews: "评价", cases: "跟进", stars: "星级", one: "1 星", save: "存为视图", name: "视图名称", share: "共享给团队", saveOk: "保存", menu: "视图", changed: "视图已改动", update: "用现在的筛选更新视图", delete: "删除视图", views: "视图",
    chosen: "批量操作", tag: "打标签", undo: "撤销", tagName: "标签名称", addTag: "添加标签", export: "导出", csv: "CSV（Excel 可以打开）", jsonl: "JSON Lines（程序用）", shown: "当前显示的列", all: "全部字段",
    done: (count: number) => `${count} 条已处理`, undone: (count: number) => `${count} 条已撤销`, pick: /^选择 /,
    sideField: "粘贴订单号或买家昵称", paste: "粘贴并查找", take: "我来跟进", mine: "由你跟进。", takenBack: "已撤销", nothing: /^没有找到/,
    command: "命令栏", orders: "订单", reveal: /^显示完整的昵称/, hide: "隐藏昵称", noteNew: "新备注", noteSave: "保存备注", notes: "买家备注", any: "满足任一", clear: "清除筛选", columns: "显示哪些列", sentiment: "情感",
  },
  "en-US": {
    reviews: "Reviews", cases: "Cases", stars: "Stars", one: "1-star", save: "Save as a view", name: "Name", share: "Share with the team", saveOk: "Save", menu: "View", changed: "View changed", update: "Update to what is shown", delete: "Delete view", views: "Views",
    chosen: "Chosen rows", tag: "Tag", undo: "Undo", tagName: "Tag name", addTag: "Add tag", export: "Export", csv: "CSV (opens in Excel)", jsonl: "JSON Lines (for programs)", shown: "The columns shown", all: "All fields",
    done: (count: number) => `Done: ${count}`, undone: (count: number) => `Undone: ${count}`, pick: /^Choose /,
    sideField: "Paste an order number or a nick", paste: "Paste and find", take: "Take the case", mine: "You have this case.", takenBack: "Undone", nothing: /^Nothing found for/,
    command: "Command bar", orders: "Orders", reveal: /^Show the Nick in full/, hide: "Hide the Nick", noteNew: "New note", noteSave: "Save note", notes: "Notes on the buyer", any: "Any of these", clear: "Clear filters", columns: "Columns", sentiment: "Sentiment",
  },
} as const;
