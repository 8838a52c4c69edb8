//! The packs at hand. The page knows each by a number only: it never sees a path, and cannot name one.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use evidence::{Digest, Limits, Progress, ReasonCode, Scope};
use review::keybook_file::KeyBookFile;
use review::save::touches;
use review::view::{CommandError, OpenedNote, OpenedPack, OpenedView};

use crate::checking::Review;
use crate::fault::fault;
use crate::gesture;
use crate::handed_note::HandedNote;

/// How a pack came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "camelCase")]
pub(crate) enum Via {
    /// A native dialog.
    Dialog,
    /// Dropped on the window.
    Drop,
    /// Named on the command line.
    Argument,
    /// Named by a second start of the program.
    SecondStart,
    /// A built-in sample.
    Sample,
    /// A recent review.
    Recent,
}

/// One pack at hand.
pub(crate) struct Held {
    /// What the page calls it.
    pub(crate) token: u32,
    /// What was dropped in one gesture.
    pub(crate) paths: Vec<PathBuf>,
    /// File or folder name.
    pub(crate) name: String,
    /// How it came in.
    pub(crate) via: Via,
    run: Mutex<Option<Arc<Progress>>>,
    review: Mutex<Option<Arc<Review>>>,
    tried: Mutex<KeyBookFile>,
    scope: Mutex<Option<Scope>>,
    limits: Mutex<Limits>,
}

impl Held {
    /// Starts a run: an earlier one that still goes on is stopped.
    pub(crate) fn begin(&self) -> Arc<Progress> {
        let progress = Arc::new(Progress::default());
        if let Some(earlier) = lock(&self.run).replace(Arc::clone(&progress)) {
            earlier.cancel();
        }
        progress
    }

    /// Stops the run that goes on, if one does.
    pub(crate) fn cancel(&self) {
        if let Some(progress) = lock(&self.run).take() {
            progress.cancel();
        }
    }

    /// Lets go of the result of an earlier run, before the next one opens the same case file.
    pub(crate) fn forget(&self) {
        if let Some(review) = lock(&self.review).take() {
            // Somebody may still be reading it: the note is let go of at once.
            review.noted().close();
        }
    }

    /// The keys that were confirmed while trying a sample: they count for it alone, and go with it.
    ///
    /// The keys of samples are public. In the reviewer's own key book they would let anyone sign.
    pub(crate) fn tried(&self) -> MutexGuard<'_, KeyBookFile> {
        lock(&self.tried)
    }

    /// What the reviewer stated that the export covers; kept as long as the pack is open.
    pub(crate) fn scope(&self) -> Option<Scope> {
        *lock(&self.scope)
    }

    /// Keeps what the reviewer states; the next run goes by it.
    pub(crate) fn state_scope(&self, scope: Scope) {
        *lock(&self.scope) = Some(scope);
    }

    /// How much of the pack is taken; kept as long as it is open.
    pub(crate) fn limits(&self) -> Limits {
        lock(&self.limits).clone()
    }

    /// Raises the limits behind these codes for this pack; the next run goes by them.
    pub(crate) fn raise(&self, codes: impl IntoIterator<Item = ReasonCode>) {
        let mut limits = lock(&self.limits);
        for code in codes {
            limits.raise_behind(code);
        }
    }

    /// Keeps the result of a run.
    pub(crate) fn keep(&self, review: Review) -> Arc<Review> {
        let review = Arc::new(review);
        *lock(&self.review) = Some(Arc::clone(&review));
        review
    }

    /// Refuses a place for writing that is the pack itself or lies inside it.
    ///
    /// # Errors
    /// When it does.
    pub(crate) fn keep_out(&self, target: &Path) -> Result<(), CommandError> {
        if touches(target, &self.paths) {
            let what = "This place lies inside the pack, which stays as it is. Choose another place.";
            return Err(fault("INSIDE_PACK", what));
        }
        Ok(())
    }

    fn shown(&self) -> OpenedPack {
        OpenedPack {
            token: self.token,
            name: self.name.clone(),
            via: <&str>::from(self.via).to_owned(),
        }
    }
}

/// Every pack at hand, and those that the page has not been told of.
#[derive(Default)]
pub(crate) struct Desk {
    last_token: AtomicU32,
    packs: Mutex<HashMap<u32, Arc<Held>>>,
    notes: Mutex<HashMap<u32, Arc<HandedNote>>>,
    waiting: Mutex<Waiting>,
}

/// What came in before the page listened.
enum Waiting {
    /// The page does not listen yet.
    Kept(OpenedView),
    /// It does: what comes is sent.
    Over,
}

impl Default for Waiting {
    fn default() -> Waiting {
        Waiting::Kept(OpenedView::default())
    }
}

impl Desk {
    /// Takes in what came in one gesture: review notes apart from packs.
    pub(crate) fn take_in(&self, paths: Vec<PathBuf>, via: Via) -> OpenedView {
        let (notes, evidence) = gesture::notes_and_evidence(paths);
        let packs: Vec<OpenedPack> = gesture::into_packs(evidence)
            .into_iter()
            .map(|paths| self.take_in_whole(paths, via))
            .collect();
        let beside: Vec<u32> = packs.iter().map(|pack| pack.token).collect();
        OpenedView {
            notes: notes.into_iter().map(|path| self.take_in_note(path, &beside)).collect(),
            packs,
        }
    }

    fn take_in_note(&self, path: PathBuf, beside: &[u32]) -> OpenedNote {
        let token = self.next_token();
        let note = HandedNote::new(path, beside);
        let shown = OpenedNote {
            token,
            name: note.name(),
        };
        lock(&self.notes).insert(token, Arc::new(note));
        shown
    }

    fn next_token(&self) -> u32 {
        self.last_token.fetch_add(1, Ordering::Relaxed).wrapping_add(1)
    }

    /// Takes in paths that are one pack, whatever they are.
    pub(crate) fn take_in_whole(&self, paths: Vec<PathBuf>, via: Via) -> OpenedPack {
        let token = self.next_token();
        let held = Held {
            token,
            name: gesture::name(&paths),
            paths,
            via,
            run: Mutex::default(),
            review: Mutex::default(),
            tried: Mutex::default(),
            scope: Mutex::default(),
            limits: Mutex::default(),
        };
        let shown = held.shown();
        lock(&self.packs).insert(token, Arc::new(held));
        shown
    }

    /// The pack of a token.
    ///
    /// # Errors
    /// When no pack has it.
    pub(crate) fn held(&self, token: u32) -> Result<Arc<Held>, CommandError> {
        lock(&self.packs)
            .get(&token)
            .cloned()
            .ok_or_else(|| fault("PACK_NOT_OPEN", "This pack is no longer open. Open it again to go on."))
    }

    /// The result of a pack's last run.
    ///
    /// # Errors
    /// When no pack has the token, or it was not checked yet.
    pub(crate) fn review(&self, token: u32) -> Result<Arc<Review>, CommandError> {
        let held = self.held(token)?;
        let review = lock(&held.review).clone();
        review.ok_or_else(|| {
            fault(
                "NOT_CHECKED",
                format!("{} has not been checked yet. Check it first.", held.name),
            )
        })
    }

    /// The note of a token.
    ///
    /// # Errors
    /// When no note has it.
    pub(crate) fn handed_note(&self, token: u32) -> Result<Arc<HandedNote>, CommandError> {
        lock(&self.notes)
            .get(&token)
            .cloned()
            .ok_or_else(|| fault("NOTE_NOT_OPEN", "This note is no longer open. Open it again to go on."))
    }

    /// The digests of the packs that were checked, by token.
    pub(crate) fn digests(&self) -> Vec<(u32, Digest)> {
        let packs = lock(&self.packs);
        let digest = |held: &Arc<Held>| Some((held.token, lock(&held.review).as_ref()?.report.input.sha256?));
        let mut digests: Vec<(u32, Digest)> = packs.values().filter_map(digest).collect();
        digests.sort_by_key(|(token, _)| *token);
        digests
    }

    /// Lets go of a pack, or of a note.
    pub(crate) fn close(&self, token: u32) {
        lock(&self.notes).remove(&token);
        let held = lock(&self.packs).remove(&token);
        if let Some(held) = held {
            held.cancel();
            held.forget();
        }
    }

    /// Lets go of every pack: the program ends.
    pub(crate) fn close_all(&self) {
        let packs = std::mem::take(&mut *lock(&self.packs));
        for held in packs.values() {
            held.cancel();
            held.forget();
        }
    }

    /// Hands over what came in before the page listened; from here on it is sent as it comes.
    pub(crate) fn hand_over(&self) -> OpenedView {
        match std::mem::replace(&mut *lock(&self.waiting), Waiting::Over) {
            Waiting::Kept(kept) => kept,
            Waiting::Over => OpenedView::default(),
        }
    }

    /// Keeps what came in until the page listens; gives it back when it already does.
    pub(crate) fn keep_waiting(&self, opened: OpenedView) -> Option<OpenedView> {
        match &mut *lock(&self.waiting) {
            Waiting::Kept(kept) => {
                kept.packs.extend(opened.packs);
                kept.notes.extend(opened.notes);
                None
            }
            Waiting::Over => Some(opened),
        }
    }
}

/// A lock whose holder panicked still guards whole values here: each is replaced in one step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn desk_with(name: &str) -> (Desk, u32) {
        let desk = Desk::default();
        let opened = desk.take_in(vec![PathBuf::from(name)], Via::Drop);
        let token = opened.packs[0].token;
        (desk, token)
    }

    #[test]
    fn the_page_is_told_a_name_and_never_a_path() {
        let desk = Desk::default();
        let opened = desk.take_in(vec![PathBuf::from("/secret/place/pack.zip")], Via::SecondStart);
        let told = serde_json::to_string(&opened.packs).unwrap();
        assert_eq!(told, r#"[{"token":1,"name":"pack.zip","via":"secondStart"}]"#);
    }

    #[test]
    fn a_made_up_token_is_refused() {
        let (desk, token) = desk_with("pack.zip");
        assert_eq!(desk.held(token + 1).err().unwrap().code, "PACK_NOT_OPEN");
    }

    #[test]
    fn a_closed_pack_is_gone_and_its_run_is_stopped() {
        let (desk, token) = desk_with("pack.zip");
        let progress = desk.held(token).unwrap().begin();
        desk.close(token);
        assert!(progress.is_cancelled());
        assert!(desk.held(token).is_err());
    }

    #[test]
    fn nothing_is_written_into_a_pack() {
        let folder = tempfile::tempdir().unwrap();
        let desk = Desk::default();
        let pack = desk.take_in_whole(vec![folder.path().to_owned()], Via::Dialog);
        let held = desk.held(pack.token).unwrap();
        let refused = held.keep_out(&folder.path().join("report.json")).unwrap_err();
        assert_eq!(refused.code, "INSIDE_PACK");
        held.keep_out(&folder.path().with_extension("json")).unwrap();
    }

    #[test]
    fn a_second_run_stops_the_first() {
        let (desk, token) = desk_with("pack.zip");
        let held = desk.held(token).unwrap();
        let first = held.begin();
        let second = held.begin();
        assert!(first.is_cancelled());
        assert!(!second.is_cancelled());
    }

    #[test]
    fn packs_wait_until_the_page_listens_and_are_sent_after_that() {
        let (desk, token) = desk_with("pack.zip");
        let opened = OpenedView {
            packs: vec![desk.held(token).unwrap().shown()],
            notes: Vec::new(),
        };
        assert!(desk.keep_waiting(opened.clone()).is_none());
        assert_eq!(desk.hand_over(), opened);
        assert_eq!(desk.keep_waiting(opened.clone()), Some(opened));
        assert_eq!(desk.hand_over(), OpenedView::default());
    }

    #[test]
    fn a_note_that_comes_with_its_pack_knows_it_and_is_no_part_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let note = folder.path().join("a.zip.review.json");
        std::fs::write(&note, r#"{"body":{},"review":{},"schema":"sealcheck.review/1"}"#).unwrap();
        let desk = Desk::default();
        let opened = desk.take_in(vec![note.clone(), folder.path().join("a.zip")], Via::Drop);
        assert_eq!((opened.packs.len(), opened.notes.len()), (1, 1));
        let held = desk.handed_note(opened.notes[0].token).unwrap();
        assert_eq!(
            (held.path(), held.beside()),
            (note.as_path(), vec![opened.packs[0].token])
        );
        desk.close(opened.notes[0].token);
        assert_eq!(
            desk.handed_note(opened.notes[0].token).err().unwrap().code,
            "NOTE_NOT_OPEN"
        );
    }

    #[test]
    fn a_pack_that_was_not_checked_has_no_result() {
        let (desk, token) = desk_with("pack.zip");
        assert_eq!(desk.review(token).err().unwrap().code, "NOT_CHECKED");
    }
}
