// Short names for the schemas of the generated OpenAPI types.
import type { components } from "./schema";

type Schemas = components["schemas"];

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
export type ReviewRow = Schemas["ReviewRow"];
export type Review = Schemas["Review"];
export type Revision = Schemas["Revision"];
export type Triage = Schemas["Triage"];
export type Order = Schemas["Order"];
export type Money = Schemas["Money"];
export type CaseRow = Schemas["CaseRow"];
export type Case = Schemas["Case"];
export type CaseEvent = Schemas["CaseEvent"];
export type Count = Schemas["Count"];
export type Problem = Schemas["Problem"];
export type Cause = Schemas["Cause"];
export type Fault = Schemas["Fault"];
export type Platform = Schemas["Platform"];
export type Verdict = Schemas["Verdict"];
export type SentimentLabel = Schemas["SentimentLabel"];
export type CaseState = Schemas["CaseState"];
