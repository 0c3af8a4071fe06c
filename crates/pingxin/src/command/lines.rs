//! Lines in, answers out: JSON Lines in order, on every core, in flat memory. Shared by every command of the contract.
//!
//! A command that answers each line implements [`Work`] and calls [`Lines::run`]; one that gathers all lines into one
//! answer reads them by [`visit`]. An error stands in the place of its line and the run goes on.

mod chunks;
mod id;
mod instant;
mod known;
mod order;

use std::io::{self, BufRead, Write};
use std::path::PathBuf;
use std::sync::mpsc::sync_channel;

use anyhow::Context as _;
use clap::Args;
use jiff::Timestamp;
use pingxin_store::clock::{Clock as _, SystemClock};
use serde::{Deserialize, Serialize};

use super::Outcome;
use chunks::{Chunk, Chunks};
pub(super) use id::Id;
pub(super) use instant::{instant, moment};
pub(super) use known::{OBJECTS, VERDICTS, known, stars};
pub(super) use order::OrderLine;

/// The longest line that is read; a longer one is answered with an error.
const LONGEST_LINE: usize = 16 << 20;
/// Chunks that wait for one thread.
const WAITING: usize = 2;

/// Why a line cannot be answered: the `error` object of its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Refused {
    /// `no_json`, `bad_field`, `line_too_long`, `unwritable`.
    pub code: &'static str,
    /// What is wrong, for the person who made the line.
    pub message: String,
}

impl Refused {
    /// A field is missing or its value means nothing.
    pub(super) fn field(message: impl Into<String>) -> Self {
        Self { code: "bad_field", message: message.into() }
    }
}

/// What a command does with one line.
pub(super) trait Work: Sync {
    /// What stands on one line, for messages: `review`, `text`.
    const NOUN: &'static str;

    /// Writes the answer to one line, without its end; [`read`] and [`write`] do most of it.
    ///
    /// # Errors
    /// [`Refused`] when the line cannot be answered; what was written is then dropped.
    fn answer(&self, line: &[u8], answers: &mut Vec<u8>) -> Result<(), Refused>;
}

/// The line as a record; the contract knows objects only, though an array could be read by position.
///
/// # Errors
/// `no_json` when it is no JSON object, `bad_field` when a field is missing or of another kind.
pub(super) fn read<'a, T: Deserialize<'a>>(line: &'a [u8], noun: &str) -> Result<T, Refused> {
    let no_json = |message| Refused { code: "no_json", message };
    if line.trim_ascii_start().first().is_some_and(|&first| first != b'{') {
        return Err(no_json(format!("this is no JSON object; write one {noun} a line as {{…}}")));
    }
    serde_json::from_slice::<T>(line).map_err(|error| {
        if error.is_data() {
            Refused::field(error.to_string())
        } else {
            no_json(format!("this is no JSON object: {error}"))
        }
    })
}

/// Writes an object with its id in front of its first field.
///
/// # Errors
/// `unwritable` when it cannot be written as JSON.
pub(super) fn write(answers: &mut Vec<u8>, id: &Id<'_>, answer: &impl Serialize) -> Result<(), Refused> {
    let unwritable = |error: serde_json::Error| Refused { code: "unwritable", message: error.to_string() };
    answers.extend_from_slice(b"{\"id\":");
    serde_json::to_writer(&mut *answers, id).map_err(unwritable)?;
    let object = answers.len();
    serde_json::to_writer(&mut *answers, answer).map_err(unwritable)?;
    answers[object] = b',';
    Ok(())
}

/// The instant to judge by, for lines without one of their own: an argument of such a command.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct AsOf {
    /// The instant to judge by, for lines without `as_of` (RFC 3339, or a date, meaning 00:00 UTC); now by default.
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    as_of: Option<Timestamp>,
}

impl AsOf {
    /// That of the line, else the argument's, else now.
    pub(super) fn or(self, line: Option<Timestamp>) -> Timestamp {
        line.or(self.as_of).unwrap_or_else(|| SystemClock.now())
    }
}

/// Where lines come from and on how many threads they are answered: the arguments of such a command.
#[derive(Debug, Args)]
pub(super) struct Source {
    /// Files to read, one object a line; standard input when there is none.
    files: Vec<PathBuf>,
    /// How many threads read at once; every core by default.
    #[arg(long, value_name = "N")]
    threads: Option<std::num::NonZeroUsize>,
}

impl Source {
    /// Answers every line on standard output: [`Outcome::Partly`] when one of the answers is an error.
    ///
    /// # Errors
    /// When a file cannot be opened or read, or the answers cannot be written.
    pub(super) fn run(&self, work: &impl Work) -> anyhow::Result<Outcome> {
        let threads = match self.threads {
            Some(threads) => threads.get(),
            None => std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get),
        };
        let lines = Lines { work, threads };
        let mut output = io::stdout();
        let mut good = true;
        self.each(|input| {
            good &= lines.answer(input, &mut output)?;
            Ok(())
        })?;
        Ok(if good { Outcome::Done } else { Outcome::Partly })
    }

    /// Calls `each` with the number of every line, from 1 in each file, and its bytes.
    ///
    /// # Errors
    /// When a file cannot be opened or read.
    pub(super) fn visit(&self, mut each: impl FnMut(u64, Result<&[u8], Refused>)) -> anyhow::Result<()> {
        self.each(|input| visit(input, &mut each))
    }

    fn each(&self, mut each: impl FnMut(Box<dyn BufRead>) -> io::Result<()>) -> anyhow::Result<()> {
        if self.files.is_empty() {
            let input = io::BufReader::with_capacity(1 << 16, io::stdin());
            each(Box::new(input)).context("standard input cannot be read")?;
        }
        for path in &self.files {
            let file =
                std::fs::File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
            let reader = io::BufReader::with_capacity(1 << 16, file);
            each(Box::new(reader)).with_context(|| format!("{} cannot be read", path.display()))?;
        }
        Ok(())
    }
}

/// Calls `each` with the number of every line, from 1, and its bytes; empty lines are left to it.
///
/// # Errors
/// When the input cannot be read.
pub(super) fn visit(
    input: impl BufRead,
    mut each: impl FnMut(u64, Result<&[u8], Refused>),
) -> io::Result<()> {
    let mut chunks = Chunks::new(input);
    while let Some(chunk) = chunks.next()? {
        chunk.lines(&mut each);
    }
    Ok(())
}

/// The id of a line that could not be used otherwise.
pub(super) fn id_of(line: &[u8]) -> Option<Id<'_>> {
    if line.trim_ascii_start().first() != Some(&b'{') {
        return None;
    }
    #[derive(Deserialize)]
    struct Named<'a> {
        #[serde(borrow)]
        id: Id<'a>,
    }
    serde_json::from_slice::<Named<'_>>(line).ok().map(|named| named.id)
}

/// Answers lines by `work` on so many threads.
struct Lines<'a, W> {
    work: &'a W,
    threads: usize,
}

impl<W: Work> Lines<'_, W> {
    /// Answers every line of `input`; false when one of the answers is an error.
    ///
    /// # Errors
    /// When the input cannot be read or the output not be written.
    fn answer(&self, input: impl BufRead, output: &mut (impl Write + Send)) -> io::Result<bool> {
        let mut chunks = Chunks::new(input);
        if self.threads == 1 {
            let (mut good, mut answers) = (true, Vec::new());
            while let Some(chunk) = chunks.next()? {
                answers.clear();
                good &= self.answer_chunk(&chunk, &mut answers);
                output.write_all(&answers)?;
                output.flush()?;
            }
            return Ok(good);
        }
        // Chunk k goes to thread k modulo the number of threads and is written in that same order.
        std::thread::scope(|scope| {
            let (mut inputs, mut outputs) = (Vec::new(), Vec::new());
            for _ in 0..self.threads {
                let (send_chunk, chunks) = sync_channel::<Chunk>(WAITING);
                let (send_answers, answers) = sync_channel::<(Vec<u8>, bool)>(WAITING);
                scope.spawn(move || {
                    for chunk in chunks {
                        let mut answers = Vec::with_capacity(chunk.len() * 2);
                        let good = self.answer_chunk(&chunk, &mut answers);
                        if send_answers.send((answers, good)).is_err() {
                            break; // nobody reads the answers any more
                        }
                    }
                });
                inputs.push(send_chunk);
                outputs.push(answers);
            }
            let writer = scope.spawn(move || {
                let mut good = true;
                for answers in (0..outputs.len()).cycle() {
                    let Ok((answers, all_good)) = outputs[answers].recv() else { break };
                    good &= all_good;
                    output.write_all(&answers)?;
                    output.flush()?;
                }
                io::Result::Ok(good)
            });
            let mut read = Ok(());
            for thread in (0..inputs.len()).cycle() {
                match chunks.next() {
                    Ok(Some(chunk)) => {
                        if inputs[thread].send(chunk).is_err() {
                            break; // the writer has failed and says why
                        }
                    }
                    Ok(None) => break,
                    Err(error) => {
                        read = Err(error);
                        break;
                    }
                }
            }
            drop(inputs);
            let good =
                writer.join().unwrap_or_else(|_| Err(io::Error::other("the writing thread failed")))?;
            read.map(|()| good)
        })
    }

    fn answer_chunk(&self, chunk: &Chunk, answers: &mut Vec<u8>) -> bool {
        let mut good = true;
        chunk.lines(|number, line| {
            let start = answers.len();
            let bytes = line.as_ref().copied().unwrap_or_default();
            let Err(refused) = line.and_then(|line| self.work.answer(line, answers)) else {
                answers.push(b'\n');
                return;
            };
            good = false;
            answers.truncate(start);
            let id = id_of(bytes);
            let answer = serde_json::json!({"id": id, "line": number, "error": refused});
            answers.extend_from_slice(answer.to_string().as_bytes());
            answers.push(b'\n');
        });
        good
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Says how long the text of a line is.
    struct Length;

    impl Work for Length {
        const NOUN: &'static str = "text";

        fn answer(&self, line: &[u8], answers: &mut Vec<u8>) -> Result<(), Refused> {
            #[derive(Deserialize)]
            struct Line<'a> {
                #[serde(borrow)]
                id: Id<'a>,
                text: String,
                #[serde(default)]
                rating: Option<u8>,
            }
            #[derive(Serialize)]
            struct Answer {
                length: usize,
            }
            let read: Line<'_> = read(line, Self::NOUN)?;
            if read.rating.is_some_and(|stars| stars > 5) {
                return Err(Refused::field("rating 9"));
            }
            write(answers, &read.id, &Answer { length: read.text.chars().count() })
        }
    }

    fn answers(threads: usize, input: &[u8], buffer: usize) -> (Vec<serde_json::Value>, bool) {
        let mut output = Vec::new();
        let lines = Lines { work: &Length, threads };
        let good = lines.answer(io::BufReader::with_capacity(buffer, input), &mut output).unwrap();
        let text = String::from_utf8(output).unwrap();
        (text.lines().map(|line| serde_json::from_str(line).unwrap()).collect(), good)
    }

    #[test]
    fn answers_stand_in_the_order_of_the_lines_whatever_the_threads() {
        let input: String = (0..500)
            .map(|at| format!("{{\"id\":\"r{at}\",\"text\":\"{}质量太差\"}}\n", "很".repeat(at % 7)))
            .collect();
        let (one, good) = answers(1, input.as_bytes(), 64);
        assert!(good);
        assert_eq!(one.len(), 500);
        for (at, answer) in one.iter().enumerate() {
            assert_eq!(answer["id"], format!("r{at}"));
        }
        for threads in [2, 3, 8] {
            assert_eq!(answers(threads, input.as_bytes(), 300).0, one);
        }
    }

    #[test]
    fn a_bad_line_is_answered_in_its_place_and_the_run_goes_on() {
        let input = "\u{feff}{\"id\":\"a\",\"text\":\"好\"}\nnonsense\n{\"id\":\"c\",\"rating\":9,\"text\":\"x\"}\n{\"id\":4}\n{\"id\":5,\"text\":\"差\"}";
        let (answers, good) = answers(2, input.as_bytes(), 16);
        assert!(!good);
        assert_eq!(answers.len(), 5);
        assert_eq!(answers[0]["id"], "a");
        assert_eq!(answers[1]["line"], 2);
        assert_eq!(answers[1]["id"], serde_json::Value::Null);
        assert_eq!(answers[1]["error"]["code"], "no_json");
        assert_eq!(answers[2]["id"], "c");
        assert_eq!(answers[2]["error"]["code"], "bad_field");
        assert_eq!(answers[3]["id"], 4);
        assert!(answers[3]["error"]["message"].as_str().unwrap().contains("text"));
        assert_eq!(answers[4]["id"], 5);
        assert_eq!(answers[4]["length"], 1);
    }

    #[test]
    fn an_array_is_no_object() {
        let input =
            "[1]\n[\"a\",\"taobao\",\"review\",null,\"差\",1,null,null,null,0,0,null,null]\n\"text\"\n";
        let (answers, good) = answers(1, input.as_bytes(), 64);
        assert!(!good);
        for answer in answers {
            assert_eq!(
                (&answer["id"], &answer["error"]["code"]),
                (&serde_json::Value::Null, &"no_json".into())
            );
        }
    }

    #[test]
    fn an_endless_line_is_refused_without_being_kept() {
        let mut input = vec![b'x'; LONGEST_LINE * 2];
        input.extend_from_slice(b"\n{\"id\":\"b\",\"text\":\"\"}\n");
        let (answers, good) = answers(1, &input, 1 << 16);
        assert!(!good);
        assert_eq!(answers.len(), 2);
        assert_eq!(answers[0]["error"]["code"], "line_too_long");
        assert_eq!(answers[0]["line"], 1);
        assert_eq!(answers[1]["id"], "b");
    }

    #[test]
    fn every_line_is_visited_once_with_its_number() {
        let mut seen = Vec::new();
        visit(io::BufReader::with_capacity(4, &b"\xef\xbb\xbf{}\n\nlast"[..]), |number, line| {
            seen.push((number, String::from_utf8(line.unwrap().to_vec()).unwrap()));
        })
        .unwrap();
        assert_eq!(seen, [(1, "{}".to_owned()), (2, String::new()), (3, "last".to_owned())]);
    }
}
