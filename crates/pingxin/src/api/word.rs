//! The words with a fixed list of codes, as schemas: the values themselves are the domain's. A test holds the
//! lists against the domain.

use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, SchemaType, Type};
use utoipa::{PartialSchema, ToSchema};

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident $(($shown:literal))? = [$($code:literal),+ $(,)?]),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub enum $name {}

        impl $name {
            /// Its codes.
            pub const CODES: &'static [&'static str] = &[$($code),+];
        }

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new()
                    .schema_type(SchemaType::Type(Type::String))
                    .enum_values(Some(Self::CODES.iter().copied()))
                    .into()
            }
        }

        impl ToSchema for $name {
            $(fn name() -> std::borrow::Cow<'static, str> {
                // utoipa takes a type called `Object` for "any object".
                $shown.into()
            })?
        }
    )+};
}

words! {
    /// What a person is in the team.
    Role = ["owner", "supervisor", "agent", "read_only", "department"],
    /// What a link lets somebody do.
    LinkKind = ["invitation", "reset"],
    /// Where a shop stands.
    Platform = ["amazon-us", "taobao", "tmall", "ebay", "aliexpress", "jd", "shopify", "own-shop"],
    /// What a buyer left.
    ReviewObject ("Object") = ["seller_feedback", "product_review", "review", "followup"],
    /// 好评, 中评, 差评.
    Verdict = ["good", "neutral", "bad"],
    /// What stands with a review.
    MediaKind = ["photo", "video"],
    /// How favourable a review is.
    SentimentLabel = ["negative", "neutral", "positive", "mixed"],
    /// What a review complains of.
    Cause = [
        "quality", "mismatch", "size_fit", "damage_packaging", "wrong_missing", "freshness", "authenticity",
        "logistics", "service", "price", "subjective", "other",
    ],
    /// Whose fault it is.
    Fault = ["seller", "carrier", "platform", "buyer", "third_party", "unknown"],
    /// How far a case has come.
    CaseState = ["open", "in_progress", "waiting", "solved", "closed"],
    /// Who has to move before a case goes on.
    WaitingFor = ["buyer", "warehouse", "carrier", "platform", "approval"],
    /// How a case ended. `merged` is what merging gives, and nobody chooses.
    Outcome = [
        "removed", "struck", "text_removed", "revised", "kept", "replied", "given_up", "invalid", "merged",
    ],
    /// By what a buyer is contacted.
    ContactChannel = ["platform_message", "phone", "sms", "email", "chat"],
    /// How a contact is known.
    KnownBy = ["logged", "imported", "confirmed"],
    /// Why no contact follows.
    StopReason = [
        "opt_out", "refused", "changed", "malicious", "no_channel", "messages_closed", "days_used", "rhythm_over",
    ],
    /// A step of a playbook.
    Step = [
        "rate_buyer", "request_removal", "report_review", "brand_contact", "contact_buyer", "diagnose",
        "check_warehouse", "trace_parcel", "claim_from_carrier", "ask_product", "solve", "explain", "wait_for_buyer",
        "ask_change", "request_revision", "guide_followup", "public_reply", "collect_proof", "do_not_negotiate",
        "escalate", "check_request", "inspect_return", "file_evidence", "find_affected", "tell_buyer", "record",
    ],
    /// Who does a step.
    StepOwner = ["agent", "supervisor", "warehouse", "courier", "product"],
    /// What is forbidden in a case, or cannot be.
    Ban = ["ask_change", "conditional_benefit", "any_benefit", "external_contact"],
    /// What a buyer asks for.
    AfterSalesRequest = ["refund", "return", "exchange", "reship", "compensation", "complaint", "none"],
    /// What is wrong with the goods, as a person states it.
    GoodsProblem = ["wrong", "missing", "damaged", "defect", "size", "not_as_described", "none"],
    /// What is proposed for an after-sales matter.
    Decision = [
        "refund_now", "wait_for_delivery", "intercept_return", "return_refund", "exchange", "reship_missing",
        "reship_replacement", "partial_refund_keep", "refuse_with_reason", "need_evidence",
    ],
    /// Who pays for sending.
    Freight = ["seller", "buyer"],
    /// Who has to agree to an after-sales decision.
    DecisionApproval = ["none", "supervisor"],
    /// What has to be looked at on the way.
    GoodsCheck = ["inspect_return", "recheck_before_sending"],
    /// What may be given.
    Benefit = [
        "coupon", "points", "membership", "gift", "red_packet", "replacement", "partial_refund", "full_refund",
    ],
    /// Who has to agree to what is given.
    SignOff = ["agent", "supervisor", "two_persons"],
    /// How far a compensation has come.
    CompensationState = ["asked", "approved", "paid", "confirmed", "refused", "reversed"],
    /// Something that happened to a compensation.
    CompensationStep = ["asked", "approved", "refused", "undone", "paid", "confirmed", "reversed"],
    /// What somebody decides on a compensation.
    CompensationDecision = ["approve", "refuse", "undo", "pay", "reverse"],
    /// What an incentive is earned for.
    IncentiveBasis = ["confirmed", "in_time"],
    /// How far an incentive has come.
    IncentiveState = ["claimed", "payable", "paid", "refused", "clawed_back"],
    /// A line of a statement.
    IncentiveLine = ["earned", "clawed_back"],
    /// Where now stands to a deadline.
    Standing = ["not_yet", "open", "over", "impossible"],
    /// Who may act until a deadline.
    Party = ["buyer", "seller", "both", "platform"],
    /// How good the sources of a rule are.
    Grade = ["A", "B", "C", "D", "N"],
    /// What a case is about.
    CaseKind = ["review", "after_sale", "complaint", "dispute", "prevention"],
    /// Before whom a dispute is.
    DisputeKind = ["platform_step_in", "refund_appeal", "a_to_z", "chargeback"],
    /// How a case came to the shop.
    CameBy = ["chat", "phone", "mail", "platform", "authority", "colleague", "other"],
    /// Why a case was opened.
    CaseReason = ["low_stars", "bad_verdict", "bad_followup", "praise_clash", "negative_text", "by_hand"],
    /// What happened to a case.
    CaseEventKind = [
        "opened", "review_revised", "assigned", "released", "note", "state_changed", "task_asked", "task_answered",
        "task_cancelled", "removal", "contact_logged", "contact_withdrawn", "facts_stated", "step_done",
        "step_undone", "merged", "merge_received", "split", "split_off", "opted_out", "opted_in",
        "reading_corrected", "correction_undone", "message", "clock_warned", "clock_breached", "escalated",
        "promise_made", "promise_kept", "promise_broken", "promise_withdrawn", "compensation_asked",
        "compensation_approved", "compensation_refused", "compensation_undone", "compensation_paid",
        "compensation_confirmed", "compensation_reversed", "incentive_claimed", "incentive_verified",
        "incentive_refused", "incentive_clawed_back", "message_confirmed", "outbox", "automation",
    ],
    /// A way out of the desk.
    OutChannel = ["mail", "webhook", "dingtalk", "wecom", "feishu"],
    /// What may be done when nobody knows whether something has left: send it again under its key, ask, or neither.
    Delivery = ["keyed", "queryable", "blind"],
    /// How far something in the outbox has come.
    OutState = ["queued", "claimed", "handed", "sent", "refused", "in_doubt", "withdrawn"],
    /// Why something in the outbox waits, was refused, or is in doubt.
    OutReason = [
        "guard", "opt_out", "no_address", "not_allowed", "channel_off", "case_over", "rejected", "unreachable",
        "no_answer", "program_ended", "quiet_hours", "other_in_doubt", "later", "given_up",
    ],
    /// What became of something in doubt.
    OutDecision = ["was_sent", "send_again", "give_up"],
    /// What the team or another system is told of.
    TeamEvent = [
        "case_escalated", "promise_broken", "text_waits", "message_sent", "message_stuck", "rule", "test",
    ],
    /// How the way to a mail server is secured.
    MailSecurity = ["tls", "starttls", "none"],
    /// How it is known what words speak for.
    ToldBy = ["rule", "shop_word", "weight"],
    /// What several reviews show together.
    PatternCode = ["burst_product", "burst_shop", "near_duplicate", "same_text", "buyer_pattern"],
    /// What has become of a correction.
    CorrectionState = ["standing", "outdated", "undone"],
    /// The way a text goes out, or the place where it is kept.
    GuardChannel = [
        "platform_message", "public_reply", "sms", "email", "phone_script", "chat", "note", "task", "invitation",
        "parcel_card", "social_post", "removal_request", "moderation_config",
    ],
    /// When in the life of an order something is said.
    ScriptPhase = ["pre_sale", "in_sale", "after_sale"],
    /// What a script is for.
    ScriptStep = [
        "answer", "first_contact", "follow_up", "solution", "after_solution", "public_reply", "sms", "phone_opening",
        "phone_branch", "thanks",
    ],
    /// The language of a text.
    ScriptLanguage = ["zh", "en"],
    /// Whether a version of a script may be used.
    ScriptVersionState = ["kept", "waiting", "refused"],
    /// Why a script is offered.
    ScriptBecause = ["step", "cause", "any_cause", "platform", "object", "own", "favourite", "worked"],
    /// What a variable may hold.
    ScriptVariableKind = ["text", "long", "number", "money", "when"],
    /// How far the talk with a buyer has come.
    GuardStage = ["first", "follow_up", "after_resolution"],
    /// How much a finding weighs: it may be sent, a supervisor must look, nobody can send it.
    GuardSeverity = ["warn", "hold", "block"],
    /// The worst of all findings.
    GuardVerdict = ["allow", "warn", "hold", "block"],
    /// Which layer of the guard speaks.
    GuardBy = ["detector", "learnt"],
    /// What a held text was to become.
    HoldKind = ["note", "buyer_note", "task", "answer", "message"],
    /// How far a held text has come.
    HoldState = ["waiting", "released", "refused"],
    /// Whether any or all must hold.
    Match = ["any", "all"],
    /// What has become of a review since it was first seen.
    Changed = ["revised", "deleted"],
    /// A list of the desk.
    ListName = ["reviews", "cases", "orders", "buyers", "products"],
    /// What is done to many things at once.
    BulkKind = ["tag", "untag", "assign", "mark_gone", "unmark_gone", "end", "macro"],
    /// What a rule of automation waits for.
    Happening = [
        "review_arrived", "review_revised", "case_opened", "case_reopened", "state_changed", "case_overdue", "case_solved",
        "buyer_message", "promise_broken", "task_answered", "removal_answered",
    ],
    /// What became of a rule that was to run.
    RunOutcome = ["ran", "held_back", "failed"],
    /// Whether somebody has a case.
    Handler = ["none", "someone"],
    /// The colour of a tag.
    Colour = ["red", "orange", "gold", "green", "cyan", "blue", "purple", "grey"],
    /// How far an import has come.
    ImportState = ["draft", "queued", "running", "done", "failed", "cancelled", "undoing", "undone"],
    /// A kind of thing that taking an import back speaks of.
    UndoWhat = ["review", "order", "record"],
    /// What a row would be stored as.
    PreviewWhat = [
        "review", "followup", "order", "order_line", "shipment", "trace", "after_sale", "chat", "call", "figure",
    ],
    /// Who speaks in a chat.
    ChatSide = ["buyer", "seller", "system"],
    /// How far a parcel has come.
    ShipmentState = [
        "announced", "picked_up", "in_transit", "out_for_delivery", "failed", "returning", "delivered",
    ],
    /// What an after-sale asks for.
    AfterSaleKind = ["refund", "return", "exchange", "reship", "repair"],
    /// How far an after-sale has come.
    AfterSaleState = ["requested", "awaiting_return", "returning", "refused", "disputed", "closed", "done"],
    /// Who called whom.
    CallDirection = ["out", "in"],
    /// How a call ended.
    CallResult = ["no_answer", "talked", "refused", "promised", "changed"],
    /// What a figure counts.
    FigureUnit = ["score", "percent", "count"],
    /// What a file holds.
    ImportKind = [
        "reviews", "orders", "mixed", "shipments", "after_sales", "chats", "calls", "figures"
    ],
    /// Which comes first in a date: day or month.
    DateOrder = ["dmy", "mdy"],
    /// How far an order has come.
    OrderState = ["paid_unshipped", "shipped", "delivered", "completed", "closed"],
    /// The order of a list of reviews.
    ReviewSort = ["newest", "severity", "oldest", "rating"],
    /// The order of a list of cases.
    CaseSort = ["severity", "newest", "oldest", "updated", "due", "contact", "deadline"],
    /// When the next step of a case is due.
    DueWithin = ["overdue", "soon", "day"],
    /// How the clock of a case that is due first stands.
    ClockWhen = ["overdue", "soon", "escalated"],
    /// How one of several people is chosen.
    Choosing = ["load", "round_robin"],
    /// What speaks for a good end of a case.
    Prospect = ["removable", "contact_now", "contact_later", "reply_only"],
    /// What a clock of a case counts.
    ClockKind = ["first_response", "next_response", "resolution", "task", "silence"],
    /// How far a clock has come.
    ClockStage = ["warned", "breached", "escalated", "taken"],
    /// When the buyer of a case may be contacted.
    ContactWhen = ["now"],
    /// How far a handover has come.
    HandoverState = ["open", "taken", "withdrawn"],
    /// Why a case belongs on a handover.
    HandoverReason = ["overdue", "due", "promise", "contact"],
    /// How far a promise has come.
    PromiseState = ["open", "kept", "broken", "withdrawn"],
    /// How far a question to another department has come.
    TaskState = ["open", "done", "cancelled"],
    /// Which other department.
    Department = ["warehouse", "courier", "product", "finance"],
    /// Whether a review can be removed.
    RemovalVerdict = ["no_rule", "not_eligible", "expired", "needs_evidence", "eligible"],
    /// What the platform does when a ground holds.
    RemovalOutcome = ["removed", "struck", "text_removed_rating_kept"],
    /// How far a removal request has come.
    RequestState = ["filed", "granted", "refused", "appealed", "withdrawn"],
    /// What happened to a removal request.
    RequestStep = ["filed", "granted", "refused", "appealed", "reopened", "withdrawn"],
    /// What to do next about a review.
    NextStepKind = [
        "request_removal", "rate_buyer", "contact_buyer", "solve", "ask_change", "public_reply", "escalate", "thank",
        "record",
    ],
    /// The event that days are counted from.
    Anchor = [
        "order_placed", "shipped", "promised", "delivered", "earliest_delivery", "latest_delivery", "completed",
        "review_created", "followup_created", "refund_requested", "return_agreed", "return_shipped", "return_signed",
        "goods_received", "message_received", "revision_requested", "removal_requested",
    ],
    /// Where now stands to a deadline.
    DeadlineStanding = ["not_yet", "open", "over", "impossible"],
    /// What kind of knowledge a rule is.
    RuleStatus = ["confirmed", "single-source", "folk", "disputed", "assumed"],
    /// What a policy pack speaks for.
    PackKind = ["base", "platform", "law", "tenant"],
    /// The windows of a rate: days back, or all time.
    RatingWindow = ["30", "90", "365", "lifetime"],
    /// What a rate of positives is counted from.
    MeasureBasis = ["feedback", "verdicts", "stars"],
    /// A figure that is counted over orders.
    OrderMeasure = ["order_defect_rate", "late_shipment_rate", "cancellation_rate", "valid_tracking_rate"],
    /// How a shop sends and answers.
    ServiceMeasure = ["late_shipment_rate", "cancellation_rate", "valid_tracking_rate", "late_response_rate"],
    /// Which of the orders of a figure.
    OrderPart = ["numerator", "denominator", "rest", "unknown"],
    /// Who packs and sends an order.
    Fulfilment = ["amazon", "merchant"],
    /// What a special day is.
    DayKind = ["holiday", "workday"],
    /// Who acted.
    AuditActorKind = ["user", "token", "command_line", "system"],
    /// In what way the audit is not as it was written.
    AuditBreak = ["changed", "missing", "cut", "unsigned"],
    /// Which database.
    Engine = ["sqlite", "postgres"],
    /// The order of a list of orders.
    OrderSort = ["newest", "oldest"],
    /// The order of a list of buyers.
    BuyerSort = ["newest", "bad"],
    /// The order of a list of products.
    ProductSort = ["reviews", "bad", "bad_rate", "newest"],
    /// A field of a buyer that is masked until it is revealed.
    ContactField = ["nick", "name", "phone", "email", "address"],
    /// A kind of thing that the search finds.
    SearchKind = ["reviews", "cases", "orders", "buyers", "products"],
    /// The format of a file taken out.
    ExportFormat = ["csv", "xlsx", "jsonl"],
}

#[cfg(test)]
mod tests {
    use pingxin_domain::case::CaseState as State;
    use pingxin_domain::order::OrderState as Order;
    use pingxin_domain::review::Verdict as Judgement;
    use pingxin_domain::triage::CaseReason as Reason;

    use super::*;

    fn code<T: serde::Serialize>(value: T) -> String {
        serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
    }

    #[test]
    fn the_lists_are_those_of_the_domain() {
        assert_eq!(CaseState::CODES, State::ALL.map(State::code));
        for platform in Platform::CODES {
            assert_eq!(platform.parse::<pingxin_domain::Platform>().unwrap().code(), *platform);
        }
        for role in Role::CODES {
            assert!(pingxin_domain::Role::from_code(role).is_some(), "{role}");
        }
        macro_rules! the_same {
            ($($list:ident $of:path;)+) => {$({
                use $of as Of;
                assert_eq!($list::CODES, Of::ALL.iter().map(|member| member.code()).collect::<Vec<_>>());
            })+};
        }
        the_same! {
            CaseKind pingxin_domain::case::CaseKind;
            DisputeKind pingxin_domain::case::DisputeKind;
            CameBy pingxin_domain::case::CameBy;
            CaseEventKind pingxin_store::case::EventKind;
            ChatSide pingxin_domain::chat::ChatSide;
            ShipmentState pingxin_domain::shipment::ShipmentState;
            AfterSaleKind pingxin_domain::after_sale::AfterSaleKind;
            AfterSaleState pingxin_domain::after_sale::AfterSaleState;
            CallDirection pingxin_domain::call::CallDirection;
            CallResult pingxin_domain::call::CallResult;
            FigureUnit pingxin_domain::figure::FigureUnit;
            OrderMeasure pingxin_domain::rating::OrderMeasure;
            OrderPart pingxin_domain::rating::OrderPart;
            HandoverState pingxin_domain::handover::HandoverState;
            HandoverReason pingxin_domain::handover::HandoverReason;
            PromiseState pingxin_domain::promise::PromiseState;
            CompensationState pingxin_domain::compensation::CompensationState;
            CompensationStep pingxin_domain::compensation::CompensationStep;
            IncentiveBasis pingxin_domain::incentive::Basis;
            IncentiveState pingxin_domain::incentive::IncentiveState;
            IncentiveLine pingxin_domain::incentive::IncentiveLine;
            ScriptPhase pingxin_domain::script::Phase;
            ScriptStep pingxin_domain::script::ScriptStep;
            ScriptLanguage pingxin_domain::script::ScriptLanguage;
            ScriptVersionState pingxin_domain::script::VersionState;
            ScriptBecause pingxin_domain::script::Because;
            ScriptVariableKind pingxin_domain::script::VariableKind;
            TaskState pingxin_domain::task::TaskState;
            PatternCode pingxin_domain::pattern::PatternCode;
            CorrectionState pingxin_store::correction::CorrectionState;
            Department pingxin_domain::Department;
            DayKind pingxin_domain::calendar::DayKind;
            RemovalVerdict pingxin_domain::removal::Verdict;
            RemovalOutcome pingxin_domain::pack::Outcome;
            RequestState pingxin_domain::removal::request::RequestState;
            RequestStep pingxin_domain::removal::request::StepKind;
            Anchor pingxin_domain::pack::Anchor;
            RuleStatus pingxin_domain::pack::Status;
            PackKind pingxin_domain::pack::Kind;
            WaitingFor pingxin_domain::case::WaitingFor;
            Outcome pingxin_domain::case::Outcome;
            ClockKind pingxin_domain::clock::ClockKind;
            Choosing pingxin_domain::assignment::Choosing;
            Prospect pingxin_domain::assignment::Prospect;
            ClockStage pingxin_domain::clock::Stage;
            ContactChannel pingxin_domain::cadence::ContactChannel;
            KnownBy pingxin_domain::cadence::KnownBy;
            StopReason pingxin_domain::cadence::StopReason;
            Step pingxin_domain::playbook::StepCode;
            StepOwner pingxin_domain::playbook::Owner;
            Ban pingxin_domain::playbook::Ban;
            AfterSalesRequest pingxin_domain::aftersales::Request;
            Decision pingxin_domain::aftersales::Decision;
            Freight pingxin_domain::aftersales::Freight;
            DecisionApproval pingxin_domain::aftersales::Approval;
            GoodsCheck pingxin_domain::aftersales::Check;
            Benefit pingxin_domain::compensation::Benefit;
            SignOff pingxin_domain::compensation::SignOff;
            Party pingxin_domain::pack::Party;
            Grade pingxin_domain::pack::Grade;
            BulkKind pingxin_domain::list::BulkKind;
            GuardChannel pingxin_domain::guard::Channel;
            GuardStage pingxin_domain::guard::Stage;
            GuardSeverity pingxin_domain::guard::Severity;
            HoldKind pingxin_domain::guard::HoldKind;
            HoldState pingxin_domain::guard::HoldState;
            OutChannel pingxin_domain::outbox::OutChannel;
            Delivery pingxin_domain::outbox::Delivery;
            OutState pingxin_domain::outbox::OutState;
            OutReason pingxin_domain::outbox::OutReason;
            OutDecision pingxin_domain::outbox::Decision;
            TeamEvent pingxin_domain::outbox::TeamEvent;
            Happening pingxin_domain::automation::Happening;
            RunOutcome pingxin_domain::automation::RunOutcome;
            Handler pingxin_domain::automation::Handler;
        }
        let problems = pingxin_domain::plan::Stated::PROBLEMS.map(pingxin_domain::aftersales::Problem::code);
        assert_eq!(GoodsProblem::CODES, problems);
        assert_eq!(ContactField::CODES, pingxin_desk::buyers::ContactField::ALL.map(|field| field.code()));
        assert_eq!(SearchKind::CODES, pingxin_domain::list::List::ALL.map(|list| list.code()));
        for object in ReviewObject::CODES {
            assert!(pingxin_domain::Object::from_code(object).is_some(), "{object}");
        }
        assert_eq!(
            Verdict::CODES,
            [Judgement::Good, Judgement::Neutral, Judgement::Bad].map(Judgement::code)
        );
        for kind in MediaKind::CODES {
            assert_eq!(pingxin_domain::media::MediaKind::from_code(kind).unwrap().code(), *kind);
        }
        for state in OrderState::CODES {
            assert_eq!(Order::from_code(state).unwrap().code(), *state);
        }
        assert_eq!(CaseReason::CODES, Reason::ALL.map(Reason::as_str));
        for cause in Cause::CODES {
            let read: pingxin_language::Cause = serde_json::from_value((*cause).into()).unwrap();
            assert_eq!(code(read), *cause);
        }
        for fault in Fault::CODES {
            let read: pingxin_language::Fault = serde_json::from_value((*fault).into()).unwrap();
            assert_eq!(code(read), *fault);
        }
        for label in SentimentLabel::CODES {
            let read: pingxin_language::SentimentLabel = serde_json::from_value((*label).into()).unwrap();
            assert_eq!(code(read), *label);
        }
    }
}
