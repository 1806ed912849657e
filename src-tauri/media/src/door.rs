//! What happens when a decoder meets bytes that its authors did not foresee?
//!
//! It may panic. The panic ends here, as a refusal of the file; whatever the decoder held is
//! dropped. Deliberately absent: the panic hook, which belongs to the program.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::Refusal;

/// A refusal thrown across a decoder that knows no way to stop; see [`throw`].
struct Thrown(Refusal);

/// Runs `work` and turns a panic of a decoder into a refusal.
pub(crate) fn guarded<T>(work: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    // Sound: nothing that `work` borrowed mutably is looked at after a panic, because every caller
    // of this crate gets an error and drops what it was handed before.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload| {
        match payload.downcast::<Thrown>() {
            Ok(thrown) => Err(thrown.0),
            Err(_) => Err(Refusal::Damaged("it makes its decoder fail")),
        }
    })
}

/// Leaves a callback of a decoder with a refusal, straight to [`guarded`]. It does not call the
/// panic hook: nothing has gone wrong in the program.
pub(crate) fn throw(refusal: Refusal) -> ! {
    std::panic::resume_unwind(Box::new(Thrown(refusal)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thrown_refusal_arrives_as_it_was() {
        let result: Result<(), Refusal> = guarded(|| throw(Refusal::TooSlow { page: 3 }));
        assert_eq!(result, Err(Refusal::TooSlow { page: 3 }));
    }

    #[test]
    fn a_panic_becomes_damaged() {
        let empty: &[u8] = &[];
        let result = guarded(|| Ok(empty[std::hint::black_box(0)]));
        assert_eq!(result.map_err(|refusal| refusal.code()), Err("damaged"));
    }
}
