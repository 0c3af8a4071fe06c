import about from "./about.json";
import appeals from "./appeals.json";
import assignment from "./assignment.json";
import audit from "./audit.json";
import automation from "./automation.json";
import backups from "./backups.json";
import bulk from "./bulk.json";
import calendar from "./calendar.json";
import cases from "./cases.json";
import casework from "./casework.json";
import channels from "./channels.json";
import clocks from "./clocks.json";
import command from "./command.json";
import compensations from "./compensations.json";
import corrections from "./corrections.json";
import deed from "./deed.json";
import deedWord from "./deedWord.json";
import draft from "./draft.json";
import evidence from "./evidence.json";
import figures from "./figures.json";
import frame from "./frame.json";
import guard from "./guard.json";
import imports from "./imports.json";
import incentives from "./incentives.json";
import intake from "./intake.json";
import invite from "./invite.json";
import lists from "./lists.json";
import live from "./live.json";
import measures from "./measures.json";
import merchant from "./merchant.json";
import money from "./money.json";
import once from "./once.json";
import outbox from "./outbox.json";
import people from "./people.json";
import profiles from "./profiles.json";
import handover from "./handover.json";
import promises from "./promises.json";
import composer from "./composer.json";
import scripts from "./scripts.json";
import reading from "./reading.json";
import records from "./records.json";
import removal from "./removal.json";
import reviews from "./reviews.json";
import roster from "./roster.json";
import ruleWords from "./ruleWords.json";
import rules from "./rules.json";
import search from "./search.json";
import security from "./security.json";
import sessions from "./sessions.json";
import settings from "./settings.json";
import side from "./side.json";
import tags from "./tags.json";
import tasks from "./tasks.json";
import teams from "./teams.json";
import thanks from "./thanks.json";
import things from "./things.json";
import tokens from "./tokens.json";
import views from "./views.json";
import workbench from "./workbench.json";
import words from "./words.json";

export default {
  ...frame,
  ...words,
  about,
  appeals,
  assignment,
  audit,
  automation,
  backups,
  bulk,
  calendar,
  cases,
  casework,
  channels,
  clocks,
  command,
  compensations,
  corrections,
  deed,
  deedWord,
  draft,
  evidence,
  figures,
  guard,
  imports,
  incentives,
  intake,
  invite,
  lists,
  live,
  measures,
  merchant,
  money,
  once,
  outbox,
  people,
  profiles,
  handover,
  promises,
  composer,
  scripts,
  reading,
  records,
  removal,
  reviews,
  roster,
  ruleWords,
  rules,
  search,
  security,
  sessions,
  settings,
  side,
  tags,
  tasks,
  teams,
  thanks,
  things,
  tokens,
  views,
  workbench,
};
