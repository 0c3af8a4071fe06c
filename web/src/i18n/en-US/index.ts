import about from "./about.json";
import audit from "./audit.json";
import backups from "./backups.json";
import calendar from "./calendar.json";
import cases from "./cases.json";
import deed from "./deed.json";
import deedWord from "./deedWord.json";
import draft from "./draft.json";
import figures from "./figures.json";
import frame from "./frame.json";
import imports from "./imports.json";
import invite from "./invite.json";
import live from "./live.json";
import merchant from "./merchant.json";
import once from "./once.json";
import people from "./people.json";
import profiles from "./profiles.json";
import records from "./records.json";
import reviews from "./reviews.json";
import security from "./security.json";
import sessions from "./sessions.json";
import settings from "./settings.json";
import tasks from "./tasks.json";
import teams from "./teams.json";
import tokens from "./tokens.json";
import words from "./words.json";

export default {
  ...frame,
  ...words,
  about,
  audit,
  backups,
  calendar,
  cases,
  deed,
  deedWord,
  draft,
  figures,
  imports,
  invite,
  live,
  merchant,
  once,
  people,
  profiles,
  records,
  reviews,
  security,
  sessions,
  settings,
  tasks,
  teams,
  tokens,
};
