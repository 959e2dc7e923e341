//! What can be changed. Every answer has `userErrors`: what keeps it from being done, in sentences; then nothing was changed.

mod connection;
mod delivery;
mod destination;
mod review;
mod rights;
mod rights_endpoint;
mod rights_work;
mod site;
mod staff;
mod staff_token;
mod subject;
mod tags;
mod test_delivery;
mod view;

pub(super) use connection::{
    create_connection, disable_connection, rotate_connection_secret, save_field_mapping, try_field_mapping,
};
pub(super) use delivery::replay_delivery;
pub(super) use destination::set_destination_secret;
pub(super) use review::{
    appeal_rights_request, assign_rights_request, deny_rights_request, enter_rights_request, extend_rights_request,
    fulfil_rights_request, hold_rights_request, message_rights_request, preview_rights_mail, resume_rights_request,
    start_rights_request, withdraw_rights_request,
};
pub(super) use rights::{request_sign_in_link, sign_in, sign_out, submit_rights_request, verify_rights_request};
pub(super) use rights_endpoint::set_rights_endpoint;
pub(super) use rights_work::{add_rights_file, complete_rights_task};
pub(super) use site::{publish_notice, update_controller, update_site};
pub(super) use staff::{
    add_staff, change_staff_role, remove_staff, request_staff_sign_in_link, revoke_staff_session, staff_sign_in,
};
pub(super) use staff_token::{create_staff_token, revoke_staff_token};
pub(super) use subject::split_data_subject;
pub(super) use tags::{publish_tags, rollback_tags, save_tags};
pub(super) use test_delivery::send_test_delivery;
pub(super) use view::{remove_view, save_view};

use super::shown::Shown;

/// Something in the input that keeps it from being done.
struct UserError {
    /// The part of the input that it is about; within another one behind a dot.
    field: &'static str,
    code: &'static str,
    sentence: String,
}

/// The answer to what was done.
fn done(mut payload: Vec<(&'static str, Shown)>) -> Shown {
    payload.push(("userErrors", Shown::List(Vec::new())));
    Shown::Object(payload)
}

/// The answer to what was not done.
fn refused(why: impl Into<UserError>) -> Shown {
    refused_with(Vec::new(), why.into())
}

/// The same, with what can be shown all the same.
fn refused_with(mut payload: Vec<(&'static str, Shown)>, why: UserError) -> Shown {
    payload.push(("userErrors", Shown::List(vec![why.shown()])));
    Shown::Object(payload)
}

/// The answer to what was not done for several reasons.
fn refused_all(reasons: impl Iterator<Item = UserError>) -> Shown {
    Shown::Object(vec![("userErrors", Shown::List(reasons.map(UserError::shown).collect()))])
}

impl UserError {
    fn shown(self) -> Shown {
        let Self { field, code, sentence } = self;
        Shown::Object(vec![
            ("field", Shown::list(std::iter::once("input").chain(field.split('.')))),
            ("message", sentence.into()),
            ("code", code.into()),
        ])
    }
}
