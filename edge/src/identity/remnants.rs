//! What is left of changes and splits when identities that they name are erased.

/// Changes or splits, with what names their sides.
pub(crate) struct Remnant {
    table: &'static str,
    pub(crate) links: &'static str,
    column: &'static str,
    /// A change has sides before and after.
    side: &'static str,
    /// With fewer there is nothing to tell.
    least: &'static str,
}

/// A merge has at least three sides, before and after.
pub(crate) const CHANGES: Remnant = Remnant {
    table: "subject_changes",
    links: "subject_change_identities",
    column: "change",
    side: "is_after, side",
    least: "3",
};

/// A split has two.
pub(crate) const SPLITS: Remnant =
    Remnant { table: "splits", links: "split_identities", column: "split", side: "side", least: "2" };

impl Remnant {
    /// Selects those that name one of the identities in `?2`.
    pub(crate) fn touching(&self) -> String {
        let Self { links, column, .. } = self;
        [
            "SELECT DISTINCT ",
            column,
            " AS id FROM json_each(?2) AS one CROSS JOIN ",
            links,
            " AS link ON link.controller = ?1 AND link.identity = one.value",
        ]
        .concat()
    }

    /// Deletes those of `?2` that have lost a side: first what names their sides, then themselves. The second asks again, of
    /// those that have no sides at all by then.
    pub(crate) fn end(&self) -> [String; 2] {
        let Self { table, links, column, side, least } = self;
        let lost = [
            "(SELECT value FROM json_each(?2) WHERE ",
            least,
            " > (SELECT COUNT(*) FROM (SELECT DISTINCT ",
            side,
            " FROM ",
            links,
            " WHERE controller = ?1 AND ",
            column,
            " = json_each.value)))",
        ]
        .concat();
        [
            ["DELETE FROM ", links, " WHERE controller = ?1 AND ", column, " IN ", &lost].concat(),
            ["DELETE FROM ", table, " WHERE controller = ?1 AND id IN ", &lost].concat(),
        ]
    }
}
