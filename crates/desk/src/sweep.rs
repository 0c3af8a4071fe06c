//! Work that comes due by itself: looked for a step at a time, each thing done in a transaction of its own.

use crate::error::{DeskError, Result};

/// How many are looked for at once.
pub(crate) const STEP: u32 = 100;

/// Does `each` with everything that `find` finds, a step at a time, while `go_on` says so; says how many it did. `each`
/// answers whether it did anything. One that fails stops no other; a step in which nothing was done is the last, since the
/// next would find the same.
///
/// # Errors
/// That of `find`, or the first of `each` once all others had their turn; what was done before stays.
pub(crate) async fn sweep<Found, Finding, Doing>(
    go_on: impl Fn() -> bool,
    find: impl Fn() -> Finding,
    each: impl Fn(Found) -> Doing,
) -> Result<u64>
where
    Finding: Future<Output = Result<Vec<Found>>>,
    Doing: Future<Output = Result<bool>>,
{
    let mut many = 0;
    let mut failed: Option<DeskError> = None;
    while go_on() {
        let found = find().await?;
        let is_last = found.len() < STEP as usize;
        let mut done = 0;
        for one in found {
            match each(one).await {
                Ok(did) => done += u64::from(did),
                Err(error) => {
                    tracing::error!(%error, "one of many failed");
                    failed.get_or_insert(error);
                }
            }
        }
        many += done;
        if is_last || done == 0 {
            break;
        }
    }
    failed.map_or(Ok(many), Err)
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    /// What is left of some numbers; those under ten cannot be done, those over a thousand fail.
    struct Left(Mutex<Vec<u32>>);

    impl Left {
        fn new(numbers: impl IntoIterator<Item = u32>) -> Self {
            Self(Mutex::new(numbers.into_iter().collect()))
        }

        async fn find(&self) -> Result<Vec<u32>> {
            Ok(self.0.lock().expect("no panic").iter().copied().take(STEP as usize).collect())
        }

        async fn each(&self, number: u32) -> Result<bool> {
            if number > 1000 {
                return Err(DeskError::NotFound);
            }
            let done = number >= 10;
            self.0.lock().expect("no panic").retain(|&left| left != number || !done);
            Ok(done)
        }
    }

    #[tokio::test]
    async fn all_steps_are_done() {
        let left = Left::new(100..450);
        let done = sweep(|| true, || left.find(), |one| left.each(one)).await;
        assert_eq!(done.expect("all can be done"), 350);
        assert!(left.0.lock().expect("no panic").is_empty());
    }

    #[tokio::test]
    async fn what_cannot_be_done_ends_it() {
        let left = Left::new((0..STEP).map(|_| 1));
        assert_eq!(sweep(|| true, || left.find(), |one| left.each(one)).await.expect("no failure"), 0);
    }

    #[tokio::test]
    async fn one_that_fails_stops_no_other() {
        let left = Left::new([2000, 20, 30]);
        let done = sweep(|| true, || left.find(), |one| left.each(one)).await;
        assert!(matches!(done, Err(DeskError::NotFound)));
        assert_eq!(*left.0.lock().expect("no panic"), [2000]);
    }

    #[tokio::test]
    async fn nothing_begins_when_the_program_ends() {
        let left = Left::new([20]);
        assert_eq!(sweep(|| false, || left.find(), |one| left.each(one)).await.expect("no failure"), 0);
        assert_eq!(left.0.lock().expect("no panic").len(), 1);
    }
}
