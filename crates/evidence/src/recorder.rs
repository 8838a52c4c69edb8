//! Where records go: one by one, in order.

use crate::report::Record;

/// Receives every record of a run, in the order in which reports list them.
///
/// A recorder that cannot go on (a full disk, say) says so once; the run then stops.
pub trait Recorder {
    /// Takes the next record.
    ///
    /// # Errors
    /// When it could not be kept; the run stops and [`Stopped`](crate::run::Stopped) carries the error.
    fn record(&mut self, record: Record) -> std::io::Result<()>;
}

/// Keeps every record in memory: for small packs and for tests.
impl Recorder for Vec<Record> {
    fn record(&mut self, record: Record) -> std::io::Result<()> {
        self.push(record);
        Ok(())
    }
}
