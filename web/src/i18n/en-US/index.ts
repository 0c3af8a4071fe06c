import bulk from "./bulk.json";
import cases from "./cases.json";
import command from "./command.json";
import draft from "./draft.json";
import figures from "./figures.json";
import frame from "./frame.json";
import imports from "./imports.json";
import lists from "./lists.json";
import profiles from "./profiles.json";
import records from "./records.json";
import reviews from "./reviews.json";
import search from "./search.json";
import side from "./side.json";
import tags from "./tags.json";
import things from "./things.json";
import views from "./views.json";
import words from "./words.json";

export default { ...frame, ...words, bulk, cases, command, draft, figures, imports, lists, profiles, records, reviews, search, side, tags, things, views };
