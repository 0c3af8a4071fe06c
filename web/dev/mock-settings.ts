// People, sessions, tokens, calendar, audit and tasks for `mock.ts`, in the shapes of the API.
import { shops } from "./mock-data.ts";

const id = (number: number) => `0190a5a0-0000-7000-8000-${String(number).padStart(12, "0")}`;
const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
const refs = shops.map(({ id: shop, name, platform }) => ({ id: shop, name, platform }));
const lin = { id: id(3), name: "小林" };
const owner = { id: id(1), name: "小评" };

const person = (number: number, login: string, display_name: string, role: string, more: object = {}) => ({
  id: id(number), login, display_name, role, department: null, all_shops: true, shops: [], totp: false, created_at: at(-2000), disabled_at: null, last_seen_at: at(-3), ...more,
});

export const people = {
  people: [
    person(1, "demo", "小评", "owner", { totp: true, last_seen_at: at(0) }),
    person(3, "xiaolin", "小林", "supervisor"),
    person(4, "amy", "Amy Chen-Featherstonehaugh", "agent", { all_shops: false, shops: refs }),
    person(5, "ck01", "仓库老周", "department", { department: "warehouse", last_seen_at: null }),
    person(6, "gone", "离职的小赵", "agent", { disabled_at: at(-300), last_seen_at: at(-400) }),
  ],
  invitations: [{ id: id(20), display_name: "新来的小王", role: "agent", department: null, all_shops: false, shops: refs.slice(0, 1), created_at: at(-10), expires_at: at(62), created_by: owner }],
};

export const sessions = {
  sessions: [
    { id: id(30), created_at: at(-4), last_seen_at: at(0), expires_at: at(160), user_agent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36", current: true, person: owner },
    { id: id(31), created_at: at(-90), last_seen_at: at(-20), expires_at: at(80), user_agent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", current: false, person: owner },
    { id: id(32), created_at: at(-190), last_seen_at: at(-120), expires_at: at(8), user_agent: "curl/8.5", current: false, person: owner },
  ],
};

export const tokens = {
  tokens: [
    { id: id(40), name: "每天导入评价", permissions: ["review.read", "case.read", "import.create"], created_at: at(-500), expires_at: at(900), last_used_at: at(-2), person: owner },
    { id: id(41), name: "月度报表", permissions: ["review.read", "list.export"], created_at: at(-500), expires_at: at(30), last_used_at: null, person: lin },
  ],
};

export const teams = { teams: [{ id: id(50), name: "早班", members: [lin, { id: id(4), name: "Amy Chen-Featherstonehaugh" }] }, { id: id(51), name: "周末值班", members: [] }] };

export const merchant = { id: id(2), name: "青禾家居（演示）", demo: true, solo: false, created_at: at(-4000) };

const year = new Date().getFullYear();
const holidays = ["01", "02", "03", "04", "05", "06", "07"].map((day) => ({ date: `${year}-10-${day}`, kind: "holiday", name: "国庆节", own: false }));
export const calendar = {
  days: [
    { date: `${year}-01-01`, kind: "holiday", name: "元旦", own: false },
    ...holidays,
    { date: `${year}-10-10`, kind: "workday", name: "国庆节调休", own: false },
    { date: `${year}-11-28`, kind: "workday", name: "双11 售后值班", own: true },
    { date: `${year}-11-30`, kind: "holiday", name: "盘点", own: true },
  ],
};

export const backups = { running: null, backups: [{ name: "pingxin-20261128-020000.backup", bytes: 82_113_000, created_at: at(-35) }, { name: "pingxin-20261121-020000.backup", bytes: 79_113_000, created_at: at(-203) }] };

const entry = (seq: number, actor: object, action: string, subject_kind: string, detail: object) => ({ seq, at: at((seq - 400) / 3), actor, action, subject_kind, subject_id: id(seq), detail, hash: "9f2c51d07be0aa34".repeat(4) });
const user = { kind: "user", ...owner };
export const audit = {
  entries: [
    entry(400, user, "contact.reveal", "buyer", { field: "phone" }),
    entry(399, { kind: "user", ...lin }, "case.note", "case", {}),
    entry(398, user, "shop.change", "shop", { name: "青禾家居旗舰店", before: { name: "青禾家居" } }),
    entry(397, { kind: "command_line", id: null, name: "command line" }, "person.added", "user", { login: "ck01", role: "department" }),
    entry(396, { kind: "system", id: null, name: "system" }, "import.undone", "import", { removed: 12, kept: 2 }),
    entry(395, user, "something.unheard_of", "thing", {}),
  ],
  next_cursor: null,
};

const task = (number: number, department: string, text: string, due: number | null, more: object = {}) => ({
  id: id(number), department, text, state: "open", shop: refs[0], order_number: "2600000000001", case: { id: id(500), number: 1000 }, due_at: due === null ? null : at(due),
  created_at: at(-5), created_by: lin, answer: null, ended_at: null, ended_by: null, ...more,
});
export const tasks = [
  task(60, "warehouse", "补发前复检一下杯盖密封圈，上次退回来的两只都漏。", -3),
  task(61, "courier", "三天没有轨迹，查件。单号 ZT7782200011。", 1),
  task(62, "finance", "补偿 20 元，核对是否到账", 49),
  task(63, "product", "这批颜色和图片不一样，核实", null, { state: "done", answer: "确认色差，已换图。", ended_at: at(-1), ended_by: { id: id(7), name: "产品阿明" } }),
];

export const present = { people: [{ id: id(3), name: "小林", typing: true }] };
