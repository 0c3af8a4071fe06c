import cases from "./cases.json";
import draft from "./draft.json";
import figures from "./figures.json";
import frame from "./frame.json";
import imports from "./imports.json";
import profiles from "./profiles.json";
import records from "./records.json";
import reviews from "./reviews.json";
import words from "./words.json";

export default { ...frame, ...words, imports, draft, figures, profiles, reviews, cases, records };
