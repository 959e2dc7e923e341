//! The parts of `nod.js` that were made when the project was built.

use std::{cell::RefCell, rc::Rc};

use serde::Deserialize;

use crate::http::{Call, Problem};

/// Where the build puts them, among the static assets.
const ADDRESS: &str = "https://assets.invalid/nod/page.json";

/// Stands in the stub where the configuration goes.
const PLACE: &str = "__NOD_CONFIG__";

/// The parts.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "Built")]
pub(super) struct Page {
    before: String,
    after: String,
    /// The banner's HTML, with placeholders for its texts.
    pub(super) banner: String,
}

#[derive(Deserialize)]
struct Built {
    stub: String,
    banner: String,
}

impl TryFrom<Built> for Page {
    type Error = &'static str;

    fn try_from(Built { stub, banner }: Built) -> Result<Self, Self::Error> {
        let (before, after) = stub.split_once(PLACE).ok_or("the stub has no place for a configuration")?;
        Ok(Self { before: before.to_owned(), after: after.to_owned(), banner })
    }
}

impl Page {
    /// The script for one visit.
    pub(super) fn script(&self, configuration: &str) -> String {
        [&self.before, configuration, &self.after].concat()
    }
}

thread_local! {
    static PAGE: RefCell<Option<Rc<Page>>> = const { RefCell::new(None) };
}

/// Reads the parts once per isolate: they only change with the Worker itself.
pub(super) async fn load(call: &Call) -> Result<Rc<Page>, Problem> {
    if let Some(page) = PAGE.with_borrow(Clone::clone) {
        return Ok(page);
    }
    let mut response = call.environment.assets()?.fetch(ADDRESS, None).await?;
    if response.status_code() != 200 {
        return Err(Problem::internal("the asset nod/page.json is missing: build the project first"));
    }
    let page = Rc::new(response.json::<Page>().await?);
    PAGE.with_borrow_mut(|known| *known = Some(Rc::clone(&page)));
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::Page;

    #[test]
    fn the_configuration_goes_to_its_place() {
        let page = serde_json::from_str::<Page>(r#"{"stub": "f(__NOD_CONFIG__);", "banner": "<b>"}"#);
        assert!(page.is_ok_and(|page| page.script("{}") == "f({});" && page.banner == "<b>"));
        assert!(serde_json::from_str::<Page>(r#"{"stub": "f();", "banner": ""}"#).is_err());
    }
}
