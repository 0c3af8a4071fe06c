//! Lines in, answers out: in order, on every core, in flat memory.

use std::io::{self, BufRead, Write};
use std::sync::mpsc::sync_channel;

use jiff::Timestamp;
use pingxin_domain::triage::TriageEngine;
use pingxin_store::clock::{Clock as _, SystemClock};
use serde::Serialize;

use super::input::{Id, Line};

/// The longest line that is read; a longer one is answered with an error.
const LONGEST_LINE: usize = 16 << 20;
/// Chunks that wait for one thread.
const WAITING: usize = 2;

/// What it takes to answer lines.
pub(super) struct Work {
    pub engine: TriageEngine,
    pub as_of: Option<Timestamp>,
    pub threads: usize,
}

/// Whole lines, read at once.
struct Chunk {
    /// The number of the first line, from 1.
    first: u64,
    bytes: Vec<u8>,
    /// Its only line was too long and is not here.
    too_long: bool,
}

impl Work {
    /// Answers every line of `input`; false when one of the answers is an error.
    ///
    /// # Errors
    /// When the input cannot be read or the output not be written.
    pub(super) fn answer(&self, input: impl BufRead, output: &mut (impl Write + Send)) -> io::Result<bool> {
        let mut chunks = Chunks { input, rest: Vec::new(), next: 1, skipping: false };
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
                        let mut answers = Vec::with_capacity(chunk.bytes.len() * 2);
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
        if chunk.too_long {
            let message = format!("the line is longer than {LONGEST_LINE} bytes");
            write_error(answers, None, chunk.first, "line_too_long", &message);
            return false;
        }
        let mut good = true;
        for (number, line) in (chunk.first..).zip(chunk.bytes.split_inclusive(|&byte| byte == b'\n')) {
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            good &= self.answer_line(number, line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line), answers);
        }
        good
    }

    fn answer_line(&self, number: u64, line: &[u8], answers: &mut Vec<u8>) -> bool {
        let start = answers.len();
        // An array would be read as a record by position; the contract knows objects only.
        if line.trim_ascii_start().first().is_some_and(|&first| first != b'{') {
            write_error(
                answers,
                None,
                number,
                "no_json",
                "this is no JSON object; write one review a line as {…}",
            );
            return false;
        }
        let refused = match serde_json::from_slice::<Line<'_>>(line) {
            Err(error) if error.is_data() => ("bad_field", error.to_string()),
            Err(error) => ("no_json", format!("this is no JSON object: {error}")),
            Ok(review) => match review.facts() {
                Err(message) => ("bad_field", message),
                Ok(facts) => {
                    let now = review.as_of.or(self.as_of).unwrap_or_else(|| SystemClock.now());
                    match write_answer(answers, &review.id, &self.engine.read(&facts, now)) {
                        Ok(()) => return true,
                        Err(error) => ("unwritable", error.to_string()),
                    }
                }
            },
        };
        answers.truncate(start);
        write_error(answers, id_of(line).as_ref(), number, refused.0, &refused.1);
        false
    }
}

/// The id of a line that could not be used otherwise.
fn id_of(line: &[u8]) -> Option<Id<'_>> {
    #[derive(serde::Deserialize)]
    struct Named<'a> {
        #[serde(borrow)]
        id: Id<'a>,
    }
    serde_json::from_slice::<Named<'_>>(line).ok().map(|named| named.id)
}

fn write_answer(answers: &mut Vec<u8>, id: &Id<'_>, triage: &impl Serialize) -> serde_json::Result<()> {
    answers.extend_from_slice(b"{\"id\":");
    serde_json::to_writer(&mut *answers, id)?;
    // The answer is the triage object with the id in front of its first field.
    let object = answers.len();
    serde_json::to_writer(&mut *answers, triage)?;
    answers[object] = b',';
    answers.push(b'\n');
    Ok(())
}

fn write_error(answers: &mut Vec<u8>, id: Option<&Id<'_>>, line: u64, code: &str, message: &str) {
    let answer = serde_json::json!({"id": id, "line": line, "error": {"code": code, "message": message}});
    answers.extend_from_slice(answer.to_string().as_bytes());
    answers.push(b'\n');
}

/// Reads whole lines, as many at once as the input has ready.
struct Chunks<R> {
    input: R,
    /// The beginning of a line whose end has not come yet.
    rest: Vec<u8>,
    next: u64,
    skipping: bool,
}

impl<R: BufRead> Chunks<R> {
    fn next(&mut self) -> io::Result<Option<Chunk>> {
        loop {
            let ready = match self.input.fill_buf() {
                Ok(ready) => ready,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let length = ready.len();
            if length == 0 {
                let bytes = std::mem::take(&mut self.rest);
                return Ok((!bytes.is_empty()).then(|| self.chunk(bytes, false)));
            }
            if self.skipping {
                let end = ready.iter().position(|&byte| byte == b'\n');
                self.skipping = end.is_none();
                self.input.consume(end.map_or(length, |end| end + 1));
                continue;
            }
            let Some(end) = ready.iter().rposition(|&byte| byte == b'\n') else {
                self.rest.extend_from_slice(ready);
                self.input.consume(length);
                if self.rest.len() > LONGEST_LINE {
                    self.rest = Vec::new();
                    self.skipping = true;
                    return Ok(Some(self.chunk(b"\n".to_vec(), true)));
                }
                continue;
            };
            let mut bytes = std::mem::take(&mut self.rest);
            bytes.extend_from_slice(&ready[..=end]);
            self.rest.extend_from_slice(&ready[end + 1..]);
            self.input.consume(length);
            return Ok(Some(self.chunk(bytes, false)));
        }
    }

    fn chunk(&mut self, bytes: Vec<u8>, too_long: bool) -> Chunk {
        let first = self.next;
        let ends = bytes.iter().filter(|&&byte| byte == b'\n').count() as u64;
        self.next += ends;
        Chunk { first, bytes, too_long }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work(threads: usize) -> Work {
        Work { engine: TriageEngine::new(), as_of: Some(Timestamp::UNIX_EPOCH), threads }
    }

    fn answers(threads: usize, input: &[u8], buffer: usize) -> (Vec<serde_json::Value>, bool) {
        let mut output = Vec::new();
        let good = work(threads).answer(io::BufReader::with_capacity(buffer, input), &mut output).unwrap();
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
        assert_eq!(answers[4]["removal"], serde_json::Value::Null);
    }

    #[test]
    fn an_array_is_no_review() {
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
}
