//! Promises in Chinese.

use jiff::Zoned;

use super::Promised;
use super::chinese_time;
use super::clause::{Clause, Folded, Sentence, span};
use super::instant::When;
use super::pattern::patterns;

patterns! {
    GREETS = "(?:早上|上午|中午|下午|晚上|早|晚)好";
    FOR_HIM = "[给帮跟为替向问到]您";
    /// What a shop does for a buyer.
    ACT = "发|寄|出库|送|补|到账|退|打到|打款|打给|回[您复电信到]|答复|告诉|告知|通知|[给跟](?:您|你|亲)|准话|准信|联系|\
           催|查|问|核实|核对|处理|安排|开|电话|换|改|审|批|同意|通过|取|上门|盯|申请|到您家|看一次|上架|补货|跟进|解决|\
           反馈|回复|做好|定下|更新|提交|修|再看|到您账";
    /// Arriving is a carrier's; so said it is a promise.
    COMMITS = "保证|肯定|一定|绝对|最晚|最迟|承诺|到货|送到|送达|到账|到您账|退到";
    /// It was done already, or somebody else said so.
    PAST = "已经|已(?:发|寄|退|揽|提|安|为)|刚[刚才]?|昨|前天|了[您亲哈呀啦哦]?$|[好完过]了|原定|本来|[说讲][^,]{0,2}[今明后]|显示|写着|说是|\
            之前[说答]|早就|^说|[到验签]的(?:货|$)|说要|没更新|排到了$";
    /// An estimate, a rule, or what is on its way by itself.
    GUESS = "一般|平时|通常|预计|预估|大概|大约|估计|应该|可能|左右|差不多|快的话|航班|班车|车次|分拨|转运|中转|派[件送]中|在途|揽收|\
             支持|都可以|可以(?:退|换|申请)|无理由|质保|保质|价保|恢复原价|就涨|能到|才能|不一定|有的|还没|没货|建议|如果|要是|是今年";
    /// What the buyer does, or is asked to do.
    HIS = "找我|问我|联系我|回来问|来问我|喊我|随时|发我|拍我|拍照|拍视频|您(?:下单|先|再|自己|可以|在|把|要|今天|到时|那边|点|选|填|收到|方便|说|看|查|申请|点头)|您[拍发寄选填点申]|\
           请(?:您|先|把|发|勿|耐)|麻烦|记得|提醒您|告诉我|打给我|给我|给个|好评|晒图|五星";
    /// Things to choose from.
    CHOICE = "或者|两个办法|两种|两个法子|方案|选择|您挑|您选|哪样|哪种|选哪|二选|^[一二三]、|^二是|一是|办法[您:是]";
    ASKS = "(?:可以吗|行吗|好吗|吗|呢|么|对吧|没错吧|哪里|哪个|多少|哪天)$";
    DENIES = "(?:没|不|别|无法|没法|难)(?:发|寄|退|送|到|能|敢|了|支持|给|知道|确定)";
    /// Soon, without a time.
    SOON = "马上|立刻|立即|尽快|一会儿?|稍后|随后|第一时间|现在就(?:跟|联系)|这就(?:给|帮|去联系)|秒[批审退回]|这两天|待会|晚点|回头";
    SOON_ACT = "告诉|通知|回复|发|寄|补|退|给[您亲你]|问|催|查|报|安排|处理|同意|批|审|联系|申请|送|停|对一下|沟通|办";
    WEAK = "会给[您你]?打?电话|会[^,]{0,4}打电话|尽量[帮给]|再帮[您你]|我给[您你亲]申请|会[^,]{0,8}(?:告诉|通知|联系|回复)[您你亲]|争取[^,]{0,4}[发寄送给]";
    /// Once something has happened.
    EVENT = "补发|查到|问到|处理[完好]|安排好|签收|收到|取走|到货|到仓|入库|发出|寄出|出库|发货|审核|做好|核实|确认|有(?:消息|结果|卡住|更新|进展|货|新)|出门|验[货收]|到了|退回|结果出";
    EVENT_ACT = "(?:告诉|通知|回复|发|给|短信|电话|再来问|问|寄给|退|打)(?:您|你|亲)|给您|开[^,]{0,4}票|\
                 退款|单号|^[^您]{0,12}(?:就|再|后|内)[^您]{0,8}[发寄退审开补]|短信";
    IF_OURS = "^万一";
    WE_DO = "(?:我们?|这边)[^,]{0,8}(?:补|换|退|发|寄|送|赔|协调|负责|重)";
    BROKEN = "^[^,]{0,6}[碎坏丢破漏错]了(?:我们?|这边)?(?:直接|就|马上)?[^您]{0,10}(?:补|换|退|发|寄)";
    /// Only a stretch of time with who comes.
    VISIT = "[0-9一二两三四五六七八九十]点?半?(?:到|至|-|~|—)[0-9一二两三四五六七八九十]{1,3}点";
}

/// What is known of a clause.
struct Told<'a> {
    clause: &'a Clause,
    when: Option<When>,
    acts: bool,
    /// It tells, guesses, asks or has the buyer do it.
    is_none: bool,
}

fn told<'a>(clause: &'a Clause, is_last: bool, sentence: &Sentence, said: &Zoned) -> Told<'a> {
    let words = GREETS.replace(&clause.words, "").into_owned();
    let words = words.as_str();
    // What is done for him is not what he does.
    let done = FOR_HIM.replace_all(words, "给亲");
    let mut when = chinese_time::read(words, said);
    let is_past = matches!(when, Some(When::Until(until)) if until <= said.timestamp());
    if is_past {
        when = None;
    }
    let guesses = GUESS.is_match(words) || words.contains("正常") && !words.contains('退');
    let his = HIS.is_match(&done);
    let asks = ASKS.is_match(words) || is_last && sentence.asks;
    let is_none = is_past || PAST.is_match(words) || guesses || his || asks || DENIES.is_match(words);
    let commits = COMMITS.is_match(words);
    let acts = commits && (ACT.is_match(words) || words.contains('到'))
        || ACT.is_match(&words.replace("到您那", "").replace("送货", ""))
        || VISIT.is_match(words);
    Told { clause, when, acts, is_none }
}

/// The promises of a text.
pub(super) fn find(text: &Folded, said: &Zoned) -> Vec<Promised> {
    let ends = |all: &[char], at: usize| matches!(all[at], '。' | '!' | '?' | '\n' | ';');
    let parts = |all: &[char], at: usize| {
        let digit = |place: Option<&char>| place.is_some_and(char::is_ascii_digit);
        match all[at] {
            ',' => !(digit(at.checked_sub(1).and_then(|before| all.get(before))) && digit(all.get(at + 1))),
            ' ' | '～' | '…' => true,
            '~' => !(digit(at.checked_sub(1).and_then(|before| all.get(before))) && digit(all.get(at + 1))),
            _ => false,
        }
    };
    let mut found = Vec::new();
    for sentence in text.sentences(ends, parts) {
        of_sentence(&sentence, said, &mut found);
    }
    found
}

fn of_sentence(sentence: &Sentence, said: &Zoned, found: &mut Vec<Promised>) {
    if CHOICE.is_match(&sentence.words) {
        return;
    }
    let last = sentence.clauses.len() - 1;
    let told: Vec<Told<'_>> = sentence
        .clauses
        .iter()
        .enumerate()
        .map(|(at, clause)| told(clause, at == last, sentence, said))
        .collect();
    let timed: Vec<bool> = told.iter().map(|one| one.when.is_some() && one.acts && !one.is_none).collect();
    let mut at = 0;
    while at < told.len() {
        let one = &told[at];
        let next = told.get(at + 1);
        let promise = if timed[at] {
            Some((one.clause, due(one)))
        } else if let Some(next) = next.filter(|next| carries(one, next)) {
            at += 1;
            Some((next.clause, due(one)))
        } else if is_open(one) && !timed[at + 1..].contains(&true) {
            Some((one.clause, None))
        } else if let Some(next) = next.filter(|next| IF_OURS.is_match(&one.clause.words) && is_ours(next)) {
            at += 1;
            Some((next.clause, None))
        } else {
            None
        };
        if let Some((to, due)) = promise {
            found.push(Promised { span: span(one.clause, to), due });
        }
        at += 1;
    }
}

fn due(told: &Told<'_>) -> Option<jiff::Timestamp> {
    match told.when {
        Some(When::Until(until)) => Some(until),
        Some(When::Hanging) | None => None,
    }
}

/// A time in one clause, what is done by then in the next.
fn carries(time: &Told<'_>, act: &Told<'_>) -> bool {
    matches!(time.when, Some(When::Until(_)))
        && !time.acts
        && !time.is_none
        && act.when.is_none()
        && act.acts
        && !act.is_none
        && !EVENT.is_match(&act.clause.words)
}

/// A promise without a time of its own.
fn is_open(told: &Told<'_>) -> bool {
    let words = told.clause.words.as_str();
    if told.is_none && !BROKEN.is_match(words) {
        return false;
    }
    SOON.is_match(words) && SOON_ACT.is_match(words)
        || EVENT.is_match(words) && EVENT_ACT.is_match(words)
        || WEAK.is_match(words)
        || BROKEN.is_match(words)
}

fn is_ours(told: &Told<'_>) -> bool {
    let words = told.clause.words.as_str();
    WE_DO.is_match(words) && !HIS.is_match(words) && !PAST.is_match(words)
}
