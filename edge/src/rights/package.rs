//! The package of a request for access or portability: put together when it is answered, and kept sealed for the person to fetch.

use nod_core::{
    id::{ControllerId, ItemId, RightsRequestId},
    rights::{
        Kind,
        package::{Answer, Contents, Table, Topic, csv, html, json},
    },
    seal::{Context, ShredKey},
    time::Timestamp,
};
use serde::Deserialize;
use serde_json::{Value, json};
use worker::{D1PreparedStatement, D1Type};

use super::{
    attempt::Attempt,
    collect,
    facts::Facts,
    files::{self, File, FileKind, KEPT, NewFile},
    reach::Reach,
    said::{self, Said},
};
use crate::{clock, database::Database, environment::Environment, http::Problem};

/// What a package is made from.
pub(super) struct Making<'a> {
    pub(super) environment: &'a Environment,
    pub(super) database: &'a Database,
    pub(super) controller: &'a ControllerId,
    pub(super) request: &'a RightsRequestId,
    pub(super) facts: &'a Facts,
    pub(super) key: &'a ShredKey,
    pub(super) now: Timestamp,
}

/// A package, in its three forms.
pub(super) struct Package([(FileKind, &'static str, &'static str, String); 3]);

impl Making<'_> {
    /// Collects and writes it.
    pub(super) async fn package(&self, reach: &Reach) -> Result<Package, Problem> {
        let contents = self.contents(reach).await?;
        Ok(Package([
            (FileKind::Html, "data.html", "text/html; charset=utf-8", html(&contents)),
            (FileKind::Json, "data.json", "application/json", json(&contents)),
            (FileKind::Csv, "data.csv", "text/csv; charset=utf-8; header=present", csv(&contents)),
        ]))
    }

    async fn contents(&self, reach: &Reach) -> Result<Contents, Problem> {
        let Self { environment, database, controller, request, facts, .. } = *self;
        let mut tables = vec![self.itself()?];
        let uses = collect::uses(environment, controller, facts.site.as_ref(), &facts.locale).await?;
        let (uses, contact) = uses.unzip();
        if facts.kind() == Kind::Access {
            tables.extend(uses);
        }
        tables.extend(collect::tables(database, controller, request, reach).await?);
        tables.push(self.messages().await?);
        let files = files::of_request(database, controller, request).await?;
        tables.push(self.attachments(&files)?);
        Ok(Contents {
            controller: facts.controller_name.clone(),
            contact: facts.controller_contact.clone().or(contact).unwrap_or_default(),
            request: request.to_string(),
            locale: facts.locale.clone(),
            made_at: self.now,
            tables,
            answers: self.answers(&files).await?,
        })
    }

    /// The request, with what was said in it.
    fn itself(&self) -> Result<Table, Problem> {
        let facts = self.facts;
        let said = facts.sealed.as_deref().map(|sealed| Said::open(self.key, self.controller, self.request, sealed));
        let said = said.transpose()?.unwrap_or_default();
        let row = vec![
            json!(self.request),
            json!(facts.kind().name()),
            json!(facts.law),
            json!(facts.received_at.millis()),
            json!(said.name),
            json!(said.email),
            json!(said.message),
        ];
        Ok(Table { topic: Topic::Request, rows: vec![row], has_more: false })
    }

    async fn messages(&self) -> Result<Table, Problem> {
        #[derive(Deserialize)]
        struct Row {
            id: ItemId,
            at: Timestamp,
            author: String,
            sealed: String,
        }
        let statement = self.database.statement(
            "SELECT id, at, author, sealed FROM rights_messages WHERE controller = ?1 AND request = ?2 ORDER BY at, id",
            &[D1Type::Text(self.controller.as_str()), D1Type::Text(self.request.as_str())],
        )?;
        let row = |row: Row| -> Result<Vec<Value>, Problem> {
            let place = Context::new("rights_messages", self.controller, row.id.as_str(), "sealed");
            let text = said::open(self.key, &place, &row.sealed)?;
            Ok(vec![json!(row.at.millis()), json!(row.author), json!(text)])
        };
        let rows = self.database.all(statement).await?.into_iter().map(row).collect::<Result<_, _>>()?;
        Ok(Table { topic: Topic::Messages, rows, has_more: false })
    }

    /// What staff added for the person.
    fn attachments(&self, files: &[File]) -> Result<Table, Problem> {
        let row = |file: &File| -> Result<Vec<Value>, Problem> {
            let name = file.name(self.key, self.controller)?;
            Ok(vec![json!(name), json!(file.media_type), json!(file.bytes)])
        };
        let own = files.iter().filter(|file| file.kind == FileKind::Attachment.name());
        Ok(Table { topic: Topic::Files, rows: own.map(row).collect::<Result<_, _>>()?, has_more: false })
    }

    async fn answers(&self, files: &[File]) -> Result<Vec<Answer>, Problem> {
        let mut answers = Vec::new();
        for file in files.iter().filter(|file| file.kind == FileKind::AppAnswer.name()) {
            let content = file.content(self.database, self.key, self.controller).await?;
            let document = nod_core::json::read(&content);
            let document = document.ok_or_else(|| Problem::internal("an application's answer that is no JSON"))?;
            answers.push(Answer { from: file.name(self.key, self.controller)?, document });
        }
        Ok(answers)
    }
}

impl Package {
    /// The statements that keep it, behind the answer.
    pub(super) fn statements(
        &self,
        attempt: &Attempt<'_>,
        key: &ShredKey,
        request: &RightsRequestId,
        now: Timestamp,
    ) -> Result<Vec<D1PreparedStatement>, Problem> {
        let mut batch = Vec::new();
        for (kind, name, media_type, content) in &self.0 {
            let expires_at = Some(clock::later(now, KEPT));
            let file = NewFile { kind: *kind, name, media_type, content: content.as_bytes(), expires_at };
            batch.extend(files::insertion(attempt, key, request, &file, now)?);
        }
        Ok(batch)
    }
}
