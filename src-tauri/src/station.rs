//! What belongs to the reviewer and outlives a pack: places, key book, recent reviews, her name.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use evidence::{RootCertificate, Verdict};
use review::keybook_file::KeyBookFile;
use review::places::Places;
use review::recents::{Recent, Recents};
use review::settings::Settings;
use review::view::CommandError;

use crate::clock;
use crate::desk::Held;
use crate::fault::IntoFault as _;

/// The reviewer's own things.
pub(crate) struct Station {
    /// Where they are kept.
    pub(crate) places: Places,
    recents: Mutex<Recents>,
    /// A root that the reviewer chose and has not confirmed yet, with the name of its file.
    proposed: Mutex<Option<(RootCertificate, String)>>,
    settings: Mutex<Settings>,
}

impl Station {
    /// The station of the person who runs the program.
    pub(crate) fn of_user() -> Station {
        Station::at(Places::of_user())
    }

    fn at(places: Places) -> Station {
        let recents = Recents::load(&places.recents());
        let settings = Settings::load(&places.settings());
        Station {
            places,
            recents: Mutex::new(recents),
            proposed: Mutex::default(),
            settings: Mutex::new(settings),
        }
    }

    /// The key book as it is on the disk now.
    ///
    /// # Errors
    /// When its file cannot be read; it is then never taken for an empty one.
    pub(crate) fn key_book(&self) -> Result<KeyBookFile, CommandError> {
        KeyBookFile::load(&self.places.key_book()).or_fault()
    }

    /// Changes the key book and writes it.
    ///
    /// # Errors
    /// When the change is refused, or the file cannot be read or written.
    pub(crate) fn change_key_book(
        &self,
        change: impl FnOnce(&mut KeyBookFile) -> Result<(), CommandError>,
    ) -> Result<KeyBookFile, CommandError> {
        let mut book = self.key_book()?;
        change(&mut book)?;
        book.save(&self.places.key_book()).or_fault()?;
        Ok(book)
    }

    /// Keeps the root that the reviewer chose, until another is.
    pub(crate) fn propose(&self, root: RootCertificate, file_name: String) {
        *self.proposed.lock().unwrap_or_else(PoisonError::into_inner) = Some((root, file_name));
    }

    /// The root that the reviewer chose last.
    pub(crate) fn proposed(&self) -> Option<(RootCertificate, String)> {
        self.proposed.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The recent reviews.
    pub(crate) fn recents(&self) -> MutexGuard<'_, Recents> {
        self.recents.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The person's name, as it stands in notes; empty until she was asked.
    pub(crate) fn name(&self) -> String {
        self.settings().name.clone()
    }

    /// Keeps the person's name and says how it was understood.
    ///
    /// # Errors
    /// When that could not be written down.
    pub(crate) fn set_name(&self, typed: &str) -> Result<String, CommandError> {
        let mut settings = self.settings();
        settings.set_name(typed);
        settings.save(&self.places.settings()).or_fault()?;
        Ok(settings.name.clone())
    }

    fn settings(&self) -> MutexGuard<'_, Settings> {
        self.settings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where the last pack lay, else the person's own folder.
    pub(crate) fn last_folder(&self) -> PathBuf {
        let recents = self.recents();
        let last = recents.entries().first().and_then(|recent| recent.paths.first());
        last.and_then(|path| path.parent())
            .filter(|folder| folder.is_dir())
            .map(Path::to_owned)
            .or_else(std::env::home_dir)
            .unwrap_or_default()
    }

    /// Remembers a review. A list that cannot be written is no reason to stop one.
    pub(crate) fn remember(&self, held: &Held, verdict: Verdict) {
        let mut recents = self.recents();
        recents.add(Recent::new(held.paths.clone(), &held.name, verdict, &clock::now()));
        let _ = recents.save(&self.places.recents());
    }

    /// Turns remembering on or off.
    ///
    /// # Errors
    /// When that could not be written down.
    pub(crate) fn keep_recents(&self, keep: bool) -> Result<(), CommandError> {
        let mut recents = self.recents();
        recents.set_keep(keep);
        recents.save(&self.places.recents()).or_fault()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::{Desk, Via};

    fn station(folder: &tempfile::TempDir) -> Station {
        Station::at(Places::under(folder.path()))
    }

    #[test]
    fn recent_reviews_are_there_after_a_restart_until_they_are_no_longer_kept() {
        let folder = tempfile::tempdir().unwrap();
        let desk = Desk::default();
        let token = desk.take_in(vec![PathBuf::from("a.zip")], Via::Drop).packs[0].token;
        station(&folder).remember(&desk.held(token).unwrap(), Verdict::Failed);
        assert_eq!(station(&folder).recents().entries().len(), 1);
        station(&folder).keep_recents(false).unwrap();
        assert!(station(&folder).recents().entries().is_empty());
    }

    #[test]
    fn the_next_dialog_starts_where_the_last_pack_lay() {
        let folder = tempfile::tempdir().unwrap();
        let station = station(&folder);
        let desk = Desk::default();
        let token = desk.take_in(vec![folder.path().join("a.zip")], Via::Drop).packs[0].token;
        station.remember(&desk.held(token).unwrap(), Verdict::Failed);
        assert_eq!(station.last_folder(), folder.path());
    }

    #[test]
    fn a_broken_key_book_is_an_error_and_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let station = station(&folder);
        let path = station.places.key_book();
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, "{").unwrap();
        assert!(station.change_key_book(|_| Ok(())).is_err());
        assert_eq!(std::fs::read(&path).unwrap(), b"{");
    }
}
