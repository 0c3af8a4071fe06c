import cases from "./cases.json";
import frame from "./frame.json";
import imports from "./imports.json";
import reviews from "./reviews.json";
import words from "./words.json";

export default { ...frame, ...words, imports, reviews, cases };
