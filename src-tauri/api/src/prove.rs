//! Which pictures came in without being decoded, and are they whole?
//!
//! A file is safe in the vault as soon as it is sealed; decoding it to the last pixel takes several times as
//! long, so that is done afterwards, and the vault can be used in between: a [`Door`] leads to it. Whether a
//! picture is proven is told by its thumbnail, which only a whole decoding makes: so nothing is forgotten when
//! the program ends before its time. One that turns out to be broken is taken out again, with the reason.
//! Deliberately absent: papers and what is kept inside; these are judged before they are kept.

use std::{
    collections::VecDeque,
    num::NonZero,
    ops::Deref,
    sync::{
        Mutex, PoisonError,
        mpsc::{self, Receiver, Sender},
    },
    thread,
};

use jiff::civil::Date;
use lanthan_core::{
    exhibit::Exhibit,
    id::{DossierId, ExhibitId},
};
use lanthan_media::Probe;
use lanthan_store::ObjectId;

use crate::{
    Error, Progress, Result, Step, Workspace,
    sight::{decode, sight},
};

/// Pictures that are under way together are no longer than this, in bytes, unless it is one alone.
const MOST_BYTES: u64 = 48 * 1024 * 1024;
/// So many are kept in one transaction.
const TOGETHER: usize = 8;

/// The pictures of a dossier that are still to be decoded.
#[derive(Debug)]
pub struct Proving {
    dossier: DossierId,
    waiting: VecDeque<ExhibitId>,
    total: usize,
    /// How many were decoded.
    pub decoded: u64,
    /// The pictures that were taken out again, by the names of their files, with the reason.
    pub refused: Vec<(String, Error)>,
}

impl Proving {
    fn step(&self) -> Step {
        Step { stage: "prove", done: self.decoded, total: self.total as u64 }
    }
}

/// The way to the vault, which is somebody else's between two steps.
pub trait Door {
    /// The next picture, as [`Workspace::next_undecoded`].
    ///
    /// # Errors
    ///
    /// As [`Workspace::prove`].
    fn next(&mut self, proving: &mut Proving) -> Result<Option<Undecoded>>;

    /// Keeps what was decoded, as [`Workspace::settle`].
    ///
    /// # Errors
    ///
    /// As [`Workspace::prove`].
    fn settle(&mut self, proving: &mut Proving, decoded: Vec<Decoded>) -> Result<()>;
}

/// The bytes of an original, wiped from memory when dropped.
type Original = Box<dyn Deref<Target = Vec<u8>> + Send>;

/// A picture out of the vault, to be decoded without it.
pub struct Undecoded {
    exhibit: ExhibitId,
    object: ObjectId,
    bytes: Original,
}

/// The same picture, decoded.
pub struct Decoded {
    exhibit: ExhibitId,
    object: ObjectId,
    size_bytes: u64,
    found: Result<(Probe, Vec<u8>)>,
}

impl Undecoded {
    fn decode(self) -> Decoded {
        let Self { exhibit, object, bytes } = self;
        Decoded { exhibit, object, size_bytes: bytes.len() as u64, found: decode(&bytes) }
    }
}

/// Decodes what is still to be decoded, on all cores, a few pictures at a time.
///
/// # Errors
///
/// What the door answers.
pub fn run(door: &mut dyn Door, proving: &mut Proving, progress: Progress<'_>) -> Result<()> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let (give, take) = mpsc::channel();
    let (tell, hear) = mpsc::channel();
    let take = Mutex::new(take);
    thread::scope(|scope| {
        // Gone at the end of this block, however it is left: then the threads end.
        let give: Sender<Undecoded> = give;
        for _ in 0..threads {
            let (take, tell) = (&take, tell.clone());
            scope.spawn(move || work(take, &tell));
        }
        let (mut under_way, mut bytes, mut done) = (0, 0, Vec::new());
        while let Some(next) = door.next(proving)? {
            if progress(proving.step()).is_break() {
                break;
            }
            let size = next.bytes.len() as u64;
            while under_way > threads || (under_way > 0 && bytes + size > MOST_BYTES) {
                let Ok(decoded) = hear.recv() else { break };
                hold(decoded, &mut under_way, &mut bytes, &mut done);
            }
            under_way += 1;
            bytes += size;
            // Nobody to take it would mean that a thread has panicked, which ends this block as well.
            let _ = give.send(next);
            if done.len() >= TOGETHER {
                door.settle(proving, std::mem::take(&mut done))?;
            }
        }
        while under_way > 0
            && let Ok(decoded) = hear.recv()
        {
            hold(decoded, &mut under_way, &mut bytes, &mut done);
        }
        door.settle(proving, done)
    })?;
    // It is done: whether to go on is no longer a question.
    let _ = progress(proving.step());
    Ok(())
}

/// What a thread does: decodes what it is given until there is no more.
fn work(take: &Mutex<Receiver<Undecoded>>, tell: &Sender<Decoded>) {
    loop {
        let next = take.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(next) = next else { return };
        if tell.send(next.decode()).is_err() {
            return;
        }
    }
}

fn hold(decoded: Decoded, under_way: &mut usize, bytes: &mut u64, done: &mut Vec<Decoded>) {
    *under_way -= 1;
    *bytes -= decoded.size_bytes;
    done.push(decoded);
}

impl Workspace {
    /// Decodes every picture of a dossier that came in without being decoded, and takes out again those that
    /// are broken; answers these by the names of their files. Progress is told in the stage `prove`, by
    /// pictures; a stop leaves the rest for the next time.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchDossier`], or [`Error::Vault`] when the vault cannot be written.
    pub fn prove(
        &mut self,
        id: &DossierId,
        day: Date,
        progress: Progress<'_>,
    ) -> Result<Vec<(String, Error)>> {
        let mut proving = self.begin_proving(id)?;
        run(&mut Own(self, day), &mut proving, progress)?;
        Ok(proving.refused)
    }

    /// Finds out which pictures of a dossier are still to be decoded.
    ///
    /// # Errors
    ///
    /// As [`Workspace::prove`].
    pub fn begin_proving(&self, id: &DossierId) -> Result<Proving> {
        let (dossier, _) = self.dossier(id)?;
        let waiting: VecDeque<ExhibitId> = self.unproven(&dossier)?.into();
        let (dossier, total) = (id.clone(), waiting.len());
        Ok(Proving { dossier, waiting, total, decoded: 0, refused: Vec::new() })
    }

    /// The next picture; `None` when there are no more. What was taken away meanwhile is passed over, and so
    /// is what the disk damaged: that is for the check of the vault to say.
    ///
    /// # Errors
    ///
    /// As [`Workspace::prove`].
    pub fn next_undecoded(&self, proving: &mut Proving) -> Result<Option<Undecoded>> {
        while let Some(exhibit) = proving.waiting.pop_front() {
            if let Ok(object) = self.vault.object_of(&proving.dossier, &exhibit)
                && let Ok(bytes) = self.vault.read(&object)
            {
                return Ok(Some(Undecoded { exhibit, object, bytes: Box::new(bytes) }));
            }
        }
        Ok(None)
    }

    /// Keeps what was decoded, and takes out what is broken.
    ///
    /// # Errors
    ///
    /// As [`Workspace::prove`].
    pub fn settle(&mut self, proving: &mut Proving, all: Vec<Decoded>, day: Date) -> Result<()> {
        let id = proving.dossier.clone();
        let mut sights = Vec::new();
        let mut broken = Vec::new();
        let mut fault = None;
        for Decoded { exhibit, object, found, .. } in all {
            proving.decoded += 1;
            match found {
                Ok((probe, jpeg)) => {
                    self.remember(object, &probe);
                    sights.push(sight(object, &probe, Some(jpeg)));
                }
                // That nothing can be read here says nothing of the picture: it waits for another time.
                Err(error) if !error.is_about_the_file() => fault = Some(error),
                // Another original may have taken its place, or none.
                Err(error) if self.vault.object_of(&id, &exhibit).ok() == Some(object) => {
                    broken.push((exhibit, error));
                }
                Err(_) => {}
            }
        }
        self.keep_sights(&sights);
        if broken.is_empty() {
            return fault.map_or(Ok(()), Err);
        }
        let names = self.change(&id, day, |dossier| {
            let is_broken = |one: &Exhibit| broken.iter().any(|(id, _)| *id == one.id);
            let gone = dossier.exhibits.extract_if(.., |one| is_broken(one));
            Ok(gone.map(|one| (one.id, one.path)).collect::<Vec<_>>())
        })?;
        for (exhibit, error) in broken {
            let name = names.iter().find(|(id, _)| *id == exhibit).map(|(_, name)| name.clone());
            proving.refused.push((name.unwrap_or_default(), error));
        }
        fault.map_or(Ok(()), Err)
    }
}

/// A vault that nobody else uses meanwhile, and the day.
struct Own<'a>(&'a mut Workspace, Date);

impl Door for Own<'_> {
    fn next(&mut self, proving: &mut Proving) -> Result<Option<Undecoded>> {
        self.0.next_undecoded(proving)
    }

    fn settle(&mut self, proving: &mut Proving, decoded: Vec<Decoded>) -> Result<()> {
        self.0.settle(proving, decoded, self.1)
    }
}
