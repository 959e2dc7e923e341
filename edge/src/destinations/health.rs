//! The breaker's row. Whoever changes it says which version they read, and reads again where somebody else was quicker.

use nod_core::{
    destinations::{Breaker, Patience, Verdict},
    id::{ControllerId, SiteKey},
    time::Timestamp,
};
use serde::Deserialize;
use worker::D1Type;

use crate::{
    database::{Database, optional_text, optional_time},
    http::Problem,
};

/// How often a change is tried when others change the same row. After that the others' word holds.
const ATTEMPTS: usize = 4;

/// How a destination fares.
pub(super) struct Health {
    controller: ControllerId,
    site: SiteKey,
    destination: String,
    row: Row,
}

/// The row, or what stands for one that is not there.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Row {
    version: u32,
    failures: u32,
    openings: u32,
    until: Option<Timestamp>,
    probing: u8,
    pub(super) last_error: Option<String>,
    pub(super) failed_at: Option<Timestamp>,
    /// Where the rows of several destinations are read: whose this is, and whether it has a secret.
    #[serde(default)]
    pub(super) destination: String,
    #[serde(default)]
    pub(super) has_secret: u8,
}

impl Row {
    pub(super) fn breaker(&self) -> Breaker {
        let Self { failures, openings, until, probing, .. } = *self;
        Breaker { failures, openings, until, probing: probing != 0 }
    }
}

/// What went wrong, and when.
type Failure<'a> = Option<(&'a str, Timestamp)>;

impl Health {
    pub(super) async fn load(
        database: &Database,
        controller: &ControllerId,
        site: &SiteKey,
        destination: &str,
    ) -> Result<Self, Problem> {
        let (controller, site, destination) = (controller.clone(), site.clone(), destination.to_owned());
        let mut health = Self { controller, site, destination, row: Row::default() };
        health.reload(database).await?;
        Ok(health)
    }

    /// Until when it is open.
    pub(super) const fn until(&self) -> Option<Timestamp> {
        self.row.until
    }

    /// May a delivery go now? One that may go to find out is alone: the row says so before it goes.
    pub(super) async fn ask(&mut self, database: &Database, now: Timestamp) -> Result<Verdict, Problem> {
        let verdict = self.change(database, None, |breaker| breaker.ask(now)).await?;
        // Others were quicker each time: one of them is finding out.
        Ok(verdict.unwrap_or(Verdict::Wait(now)))
    }

    /// It took a delivery.
    pub(super) async fn works(&mut self, database: &Database) -> Result<(), Problem> {
        self.change(database, None, Breaker::works).await.map(drop)
    }

    /// It works, and would not have what it got.
    pub(super) async fn refused(&mut self, database: &Database, now: Timestamp, because: &str) -> Result<(), Problem> {
        self.change(database, Some((because, now)), Breaker::works).await.map(drop)
    }

    /// It failed.
    pub(super) async fn fails(
        &mut self,
        database: &Database,
        now: Timestamp,
        patience: &Patience,
        because: &str,
        asked: Option<i64>,
    ) -> Result<(), Problem> {
        self.change(database, Some((because, now)), |breaker| breaker.fails(now, patience, asked)).await.map(drop)
    }

    /// Makes a change. Nothing where others were quicker each time; then the row is as they left it.
    async fn change<T>(
        &mut self,
        database: &Database,
        failure: Failure<'_>,
        apply: impl Fn(&mut Breaker) -> T,
    ) -> Result<Option<T>, Problem> {
        for _ in 0..ATTEMPTS {
            let mut breaker = self.row.breaker();
            let answer = apply(&mut breaker);
            if (failure.is_none() && breaker == self.row.breaker()) || self.write(database, &breaker, failure).await? {
                return Ok(Some(answer));
            }
            self.reload(database).await?;
        }
        Ok(None)
    }

    async fn write(&mut self, database: &Database, breaker: &Breaker, failure: Failure<'_>) -> Result<bool, Problem> {
        #[derive(Deserialize)]
        struct Written {
            version: u32,
        }
        let statement = database.statement(
            "INSERT INTO destination_states (controller, site, destination, version, failures, openings, until, probing,
                                             last_error, failed_at)
             VALUES (?1, ?2, ?3, ?4 + 1, ?5, ?6, ?7, ?8, ?9, ?10)
             ON CONFLICT DO UPDATE
             SET version = ?4 + 1, failures = ?5, openings = ?6, until = ?7, probing = ?8,
                 last_error = COALESCE(?9, last_error), failed_at = COALESCE(?10, failed_at)
             WHERE version = ?4
             RETURNING version",
            &[
                D1Type::Text(self.controller.as_str()),
                D1Type::Text(self.site.as_str()),
                D1Type::Text(&self.destination),
                D1Type::Real(self.row.version.into()),
                D1Type::Real(breaker.failures.into()),
                D1Type::Real(breaker.openings.into()),
                optional_time(breaker.until),
                D1Type::Integer(breaker.probing.into()),
                optional_text(failure.map(|(because, _)| because)),
                optional_time(failure.map(|(_, at)| at)),
            ],
        )?;
        let Some(Written { version }) = database.first(statement).await? else { return Ok(false) };
        let Breaker { failures, openings, until, probing } = *breaker;
        self.row = Row { version, failures, openings, until, probing: probing.into(), ..self.row.clone() };
        Ok(true)
    }

    async fn reload(&mut self, database: &Database) -> Result<(), Problem> {
        let statement = database.statement(
            "SELECT version, failures, openings, until, probing, last_error, failed_at FROM destination_states
             WHERE controller = ?1 AND site = ?2 AND destination = ?3",
            &[
                D1Type::Text(self.controller.as_str()),
                D1Type::Text(self.site.as_str()),
                D1Type::Text(&self.destination),
            ],
        )?;
        self.row = database.first(statement).await?.unwrap_or_default();
        Ok(())
    }
}
