//! Checking a pack, with progress and cancel.

use std::sync::Arc;
use std::time::{Duration, Instant};

use evidence::{Policy, Progress};
use review::keybook_file::{KeyBookFile, Supplied};
use review::view::{CommandError, ProgressView, SummaryView};
use review::{present, samples, words};
use tauri::State;
use tauri::async_runtime::spawn_blocking;
use tauri::ipc::Channel;

use crate::checking::{self, Index, Order, Review, Tally};
use crate::desk::{Desk, Held, Via};
use crate::fault::{IntoFault as _, fault, not_there};
use crate::station::Station;

/// Time between two messages of a run: at most ten a second.
const PACE: Duration = Duration::from_millis(100);

/// Runs the engine on a pack, or runs it again.
#[tauri::command]
pub(crate) async fn check(
    desk: State<'_, Desk>,
    station: State<'_, Station>,
    token: u32,
    channel: Channel<ProgressView>,
) -> Result<SummaryView, CommandError> {
    let held = desk.held(token)?;
    let order = order(&held, &station)?;
    // The result of an earlier run holds the same case file open.
    held.forget();
    let progress = held.begin();
    let so_far = Arc::new(Tally::default());
    let reporting = Reporting::start(Arc::clone(&progress), Arc::clone(&so_far), channel);
    let review = spawn_blocking(move || checking::run(order, &progress, &so_far)).await;
    reporting.end();
    let review = review.map_err(|_| {
        fault(
            "INTERNAL",
            format!("The check of {} ended by a fault of this program.", held.name),
        )
    })??;
    let review = held.keep(review);
    if held.via != Via::Sample {
        station.remember(&held, review.report.verdict);
    }
    Ok(summary_of(&review))
}

/// Stops a run.
#[tauri::command]
pub(crate) fn cancel(desk: State<'_, Desk>, token: u32) -> Result<(), CommandError> {
    desk.held(token)?.cancel();
    Ok(())
}

/// Keeps what the reviewer states that an export covers; the page then checks again.
#[tauri::command]
pub(crate) fn state_scope(desk: State<'_, Desk>, token: u32, scope: String) -> Result<(), CommandError> {
    let scope = words::scope_of(&scope).ok_or_else(|| not_there("answer"))?;
    desk.held(token)?.state_scope(scope);
    Ok(())
}

/// Raises the limits that the last run met, for this pack; the page then checks again.
#[tauri::command]
pub(crate) fn raise_limits(desk: State<'_, Desk>, token: u32) -> Result<(), CommandError> {
    let held = desk.held(token)?;
    held.raise(present::limits_met(&desk.review(token)?.report));
    Ok(())
}

/// The result's first page.
#[tauri::command(async)]
pub(crate) fn summary(desk: State<'_, Desk>, token: u32) -> Result<SummaryView, CommandError> {
    let review = desk.review(token)?;
    Ok(summary_of(&review))
}

fn summary_of(review: &Review) -> SummaryView {
    let mut view = present::summary(&review.report, &review.groups, &review.context());
    view.copy_sentence = review.workpaper(&view.copy_sentence);
    view.content = present::content(&review.report, &review.case_file);
    view
}

/// The keys of a run: the reviewer's, and for a built-in sample the samples' own and those tried on it.
fn order(held: &Held, station: &Station) -> Result<Order, CommandError> {
    let (book, index): (KeyBookFile, Index) = match held.via {
        Via::Sample => {
            let mut book = samples::key_book().or_fault()?;
            book.import(held.tried().clone());
            (book, Index::Sample)
        }
        Via::Dialog | Via::Drop | Via::Argument | Via::SecondStart | Via::Recent => {
            (station.key_book()?, Index::CaseFile(station.places.cases()))
        }
    };
    Ok(Order {
        token: held.token,
        paths: held.paths.clone(),
        book: book.to_book(&Supplied::default()),
        policy: Policy {
            scope: held.scope(),
            ..Policy::default()
        },
        limits: held.limits(),
        index,
        name: station.name(),
    })
}

/// Tells the page how far a run is: at its start, at a steady pace, and at its end.
struct Reporting {
    task: tauri::async_runtime::JoinHandle<()>,
    source: Arc<Source>,
}

/// What is told, and to whom.
struct Source {
    progress: Arc<Progress>,
    so_far: Arc<Tally>,
    channel: Channel<ProgressView>,
    start: Instant,
}

impl Reporting {
    fn start(progress: Arc<Progress>, so_far: Arc<Tally>, channel: Channel<ProgressView>) -> Reporting {
        let source = Arc::new(Source {
            progress,
            so_far,
            channel,
            start: Instant::now(),
        });
        Reporting {
            task: tauri::async_runtime::spawn(keep_telling(Arc::clone(&source))),
            source,
        }
    }

    fn end(self) {
        self.task.abort();
        self.source.tell();
    }
}

async fn keep_telling(source: Arc<Source>) {
    let mut pace = tokio::time::interval(PACE);
    loop {
        pace.tick().await;
        source.tell();
    }
}

impl Source {
    fn tell(&self) {
        let elapsed = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        let view = present::progress(&self.progress.now(), self.so_far.now(), elapsed);
        // A page that no longer listens needs no news.
        let _ = self.channel.send(view);
    }
}
