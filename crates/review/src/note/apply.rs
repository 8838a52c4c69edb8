//! What each act changes in the note.

use super::action::Action;
use super::history::Entry;
use super::ledger::Refused;
use super::review::{Annotation, Answer, ChecklistItem, Conclusion, Decision, Exception, Review, Status, Superseded};
use super::sample::Sample;
use super::signoff::{Role, SignOff, covers};
use super::target::Target;

/// Applies an act that its status allows. `stage` is the number of the entry that ended the stage before.
pub(super) fn apply(review: &mut Review, entry: &Entry, stage: u64) -> Result<(), Refused> {
    match &entry.action {
        Action::Started { pack, .. } => review.pack = Some(pack.clone()),
        Action::EngagementStated { engagement } => review.engagement.clone_from(engagement),
        Action::CustodyStated { custody } => review.custody.clone_from(custody),
        Action::ProcedureStated { procedure } => review.procedure.clone_from(procedure),
        Action::NoteAdded { target, text, tags } => add_note(review, entry, target, text, tags)?,
        Action::NoteChanged { id, text, tags } => change_note(review, entry, stage, id, text, tags)?,
        Action::NoteRemoved { id } => {
            let place = note_of_stage(review, id, stage)?;
            review.annotations.remove(place);
        }
        Action::Decided { target, value, reason } => {
            consistent(target)?;
            stated("the reason", reason)?;
            review.decisions.push(Decision {
                target: target.clone(),
                value: *value,
                reason: reason.clone(),
                author: entry.actor.clone(),
                at: entry.at.clone(),
            });
        }
        Action::ChecklistChosen { template } => {
            review.checklist_template = Some(template.reference());
            review.checklist = template.open();
        }
        Action::ChecklistAnswered {
            item,
            value,
            remark,
            evidence_refs,
        } => {
            question(review, item)?.answer = value.map(|value| Answer {
                value,
                remark: remark.clone(),
                evidence_refs: evidence_refs.clone(),
                author: entry.actor.clone(),
                at: entry.at.clone(),
            });
        }
        Action::SampleDrawn { sample } => review.sample = Some(repeatable(sample)?.clone()),
        Action::ExceptionsAdded { exceptions } => add_exceptions(review, entry, exceptions)?,
        Action::ExceptionChanged { exception } => {
            stated("the description", &exception.description)?;
            let place = exception_of(review, &exception.id)?;
            review.exceptions.splice(place..=place, [exception.clone()]);
        }
        Action::ExceptionRemoved { id } => {
            let place = exception_of(review, id)?;
            review.exceptions.remove(place);
        }
        Action::ContradictingStated { contradicting } => review.contradicting.clone_from(contradicting),
        Action::Concluded { conclusion } => {
            stated("the conclusion", &conclusion.text)?;
            review.conclusion = Some(Conclusion::clone(conclusion));
        }
        Action::RetentionStated { retention } => review.retention.clone_from(retention),
        Action::SignedOff { signoff } => sign_off(review, entry, signoff)?,
        Action::Reopened { reason } => reopen(review, entry, reason)?,
        // What does not count is left out before; there is nothing to do here.
        Action::Undone { .. } => {}
    }
    Ok(())
}

fn add_note(review: &mut Review, entry: &Entry, target: &Target, text: &str, tags: &[String]) -> Result<(), Refused> {
    consistent(target)?;
    review.annotations.push(Annotation {
        id: format!("n{}", entry.seq),
        target: target.clone(),
        author: entry.actor.clone(),
        at: entry.at.clone(),
        text: text.to_owned(),
        tags: words_or_tags(text, tags)?,
    });
    Ok(())
}

fn change_note(
    review: &mut Review,
    entry: &Entry,
    stage: u64,
    id: &str,
    text: &str,
    tags: &[String],
) -> Result<(), Refused> {
    let tags = words_or_tags(text, tags)?;
    let place = note_of_stage(review, id, stage)?;
    if let Some(note) = review.annotations.get_mut(place) {
        text.clone_into(&mut note.text);
        note.tags = tags;
        note.author.clone_from(&entry.actor);
        note.at.clone_from(&entry.at);
    }
    Ok(())
}

/// The tags in their one order; a note without words and tags is none.
fn words_or_tags(text: &str, tags: &[String]) -> Result<Vec<String>, Refused> {
    let mut tags: Vec<String> = tags
        .iter()
        .map(|tag| tag.trim().to_owned())
        .filter(|tag| !tag.is_empty())
        .collect();
    tags.sort();
    tags.dedup();
    if tags.is_empty() {
        stated("the text", text)?;
    }
    Ok(tags)
}

/// A note made since the last sign-off, or any while the note is a draft.
fn note_of_stage(review: &Review, id: &str, stage: u64) -> Result<usize, Refused> {
    let found = review.annotations.iter().position(|note| note.id == id);
    let place = found.ok_or(Refused::Absent("note"))?;
    let seq: u64 = id.strip_prefix('n').and_then(|seq| seq.parse().ok()).unwrap_or(0);
    if review.status != Status::Draft && seq <= stage {
        return Err(Refused::SignedOff);
    }
    Ok(place)
}

fn question<'r>(review: &'r mut Review, item: &str) -> Result<&'r mut ChecklistItem, Refused> {
    let found = review.checklist.iter_mut().find(|question| question.item == item);
    found.ok_or(Refused::Absent("question"))
}

fn add_exceptions(review: &mut Review, entry: &Entry, exceptions: &[Exception]) -> Result<(), Refused> {
    for (place, exception) in (1..).zip(exceptions) {
        stated("the description", &exception.description)?;
        review.exceptions.push(Exception {
            id: format!("e{}.{place}", entry.seq),
            ..exception.clone()
        });
    }
    Ok(())
}

fn exception_of(review: &Review, id: &str) -> Result<usize, Refused> {
    let found = review.exceptions.iter().position(|exception| exception.id == id);
    found.ok_or(Refused::Absent("exception"))
}

fn repeatable(sample: &Sample) -> Result<&Sample, Refused> {
    if sample.is_repeatable() {
        Ok(sample)
    } else {
        Err(Refused::Inconsistent("the sample"))
    }
}

/// What is signed off must be what is there: the history so far, this pack, a conclusion.
fn sign_off(review: &mut Review, entry: &Entry, signoff: &SignOff) -> Result<(), Refused> {
    stated("the name", &signoff.name)?;
    if signoff.role == Role::Preparer && review.conclusion.is_none() {
        return Err(Refused::Missing("the conclusion"));
    }
    let pack = review.pack.as_ref().ok_or(Refused::Missing("the pack"))?;
    let covered = covers(signoff.body_sha256, signoff.history_sha256, pack.sha256);
    let agrees =
        signoff.covers_sha256 == covered && Some(signoff.history_sha256) == entry.prev_sha256 && signoff.at == entry.at;
    if !agrees {
        return Err(Refused::Inconsistent("the sign-off"));
    }
    review.status = signoff.role.leads_to();
    review.signoffs.push(signoff.clone());
    Ok(())
}

fn reopen(review: &mut Review, entry: &Entry, reason: &str) -> Result<(), Refused> {
    stated("the reason", reason)?;
    let last_sha256 = entry.prev_sha256.ok_or(Refused::Inconsistent("the history"))?;
    review.versions.push(Superseded {
        version: review.version,
        status: review.status,
        signoffs: std::mem::take(&mut review.signoffs),
        last_seq: entry.seq - 1,
        last_sha256,
        reason: reason.to_owned(),
        author: entry.actor.clone(),
        at: entry.at.clone(),
    });
    review.version += 1;
    review.status = Status::Draft;
    Ok(())
}

fn consistent(target: &Target) -> Result<(), Refused> {
    match target {
        Target::Records { reference, count, .. } if *count == 0 || reference.count() != *count => {
            Err(Refused::Inconsistent("the list of records"))
        }
        Target::Pack { .. }
        | Target::Record { .. }
        | Target::Records { .. }
        | Target::Check { .. }
        | Target::Field { .. } => Ok(()),
    }
}

fn stated(what: &'static str, text: &str) -> Result<(), Refused> {
    if text.trim().is_empty() {
        return Err(Refused::Missing(what));
    }
    Ok(())
}
