// Short names for the schemas of the generated OpenAPI types.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Role = Schemas["Role"];
export type Department = Schemas["Department"];
export type Me = Schemas["Me"];
export type Setup = Schemas["Setup"];
export type SetupOwner = Schemas["SetupOwner"];
export type Login = Schemas["Login"];
export type Shop = Schemas["Shop"];
export type ShopRef = Schemas["ShopRef"];
export type NewShop = Schemas["NewShop"];
export type Summary = Schemas["Summary"];
export type Import = Schemas["Import"];
export type ImportFailure = Schemas["ImportFailure"];
export type MappedColumn = Schemas["MappedColumn"];
export type ImportPreview = Schemas["ImportPreview"];
export type PreviewRow = Schemas["PreviewRow"];
export type PreviewPart = Schemas["PreviewPart"];
export type ImportUndo = Schemas["ImportUndo"];
export type ImportProfile = Schemas["ImportProfile"];
export type SavedProfile = Schemas["SavedProfile"];
export type ReviewRow = Schemas["ReviewRow"];
export type Review = Schemas["Review"];
export type ReviewMedia = Schemas["ReviewMedia"];
export type Revision = Schemas["Revision"];
export type Triage = Schemas["Triage"];
export type Order = Schemas["Order"];
export type OrderRow = Schemas["OrderRow"];
export type OrderDetail = Schemas["OrderDetail"];
export type BuyerRow = Schemas["BuyerRow"];
export type BuyerDetail = Schemas["BuyerDetail"];
export type BuyerNote = Schemas["BuyerNote"];
export type ProductRow = Schemas["ProductRow"];
export type ProductDetail = Schemas["ProductDetail"];
export type Found = Schemas["Found"];
export type Money = Schemas["Money"];
export type CaseRow = Schemas["CaseRow"];
export type Case = Schemas["Case"];
export type CaseEvent = Schemas["CaseEvent"];
export type CaseRecords = Schemas["CaseRecords"];
export type ChatMessage = Schemas["ChatMessage"];
export type Shipment = Schemas["Shipment"];
export type AfterSale = Schemas["AfterSale"];
export type Call = Schemas["Call"];
export type Figure = Schemas["Figure"];
export type NewFigure = Schemas["NewFigure"];
export type Invitation = Schemas["Invitation"];
/** What somebody is and which shops he sees. */
export type Access = Pick<Invitation, "role" | "department" | "all_shops" | "shops">;
export type Person = Schemas["TeamMember"];
/** A link to be sent to somebody, good once. */
export type Link = Schemas["PasswordLink"];
export type LinkFound = Schemas["LinkFound"];
export type Session = Schemas["LoginSession"];
export type TotpSecret = Schemas["TotpSecret"];
export type Token = Schemas["ApiToken"];
export type Team = Schemas["Team"];
export type Merchant = Schemas["Merchant"];
export type Backup = Schemas["Backup"];
export type Task = Schemas["Task"];
export type CalendarDay = Schemas["CalendarDay"];
export type AuditEntry = Schemas["AuditEntry"];
export type AuditCheck = Schemas["AuditCheck"];
export type Count = Schemas["Count"];
export type Problem = Schemas["Problem"];
export type Cause = Schemas["Cause"];
export type Fault = Schemas["Fault"];
export type Platform = Schemas["Platform"];
export type Verdict = Schemas["Verdict"];
export type SentimentLabel = Schemas["SentimentLabel"];
export type CaseState = Schemas["CaseState"];

export type TagRef = Schemas["Tag"];
export type Tag = Schemas["CountedTag"];
export type TagColour = TagRef["colour"];
export type SavedView = Schemas["View"];
export type BulkWish = Schemas["NewBulk"];
export type BulkAction = BulkWish["action"];
export type BulkResult = Schemas["BulkAnswer"];

export const tagColours = ["red", "orange", "gold", "green", "cyan", "blue", "purple", "grey"] as const satisfies readonly TagColour[];
export type Correction = Schemas["Correction"];
export type NewCorrection = Schemas["NewCorrection"];

export const faults = ["seller", "carrier", "platform", "buyer", "third_party", "unknown"] as const satisfies readonly Fault[];
export const sentiments = ["negative", "neutral", "positive", "mixed"] as const satisfies readonly SentimentLabel[];
