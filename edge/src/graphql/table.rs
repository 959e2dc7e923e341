//! The table of the fields that do something: a line each, with who may, what it costs and what it does.

use nod_core::staff::{Role, Scope};

use super::{
    access::Access,
    change,
    fields::{Asked, Own, Work},
    limits::Cost,
    query, types,
};

const ANYONE: Access = Access::Anyone;
const INHERITED: Access = Access::Inherited;

const fn viewers(scope: Scope) -> Access {
    Access::Staff(Role::Viewer, scope)
}

const fn reviewers(scope: Scope) -> Access {
    Access::Staff(Role::Reviewer, scope)
}

const fn owners(scope: Scope) -> Access {
    Access::Staff(Role::Owner, scope)
}

const fn subject_or_reviewers(scope: Scope) -> Access {
    Access::SubjectOr(Role::Reviewer, scope)
}

const FIELD: Cost = Cost::FIELD;
const CHANGE: Cost = Cost::CHANGE;
const PAGE: Cost = Cost::Page;

const fn work(once: usize, times: usize) -> Cost {
    Cost::Work { once, times }
}

/// What is read on its own and may be large.
const LARGE: Cost = work(100, 1);

/// What anybody may ask for, once a call.
const INTAKE: Cost = work(5_001, 1);
/// What is read of one request on its own.
const READ: Cost = work(20, 1);

type Does = for<'a> fn(Asked<'a>) -> Work<'a>;

const fn query(name: &'static str, access: Access, cost: Cost, work: Does) -> Own {
    field("Query", name, access, cost, work)
}

const fn mutation(name: &'static str, access: Access, cost: Cost, work: Does) -> Own {
    field("Mutation", name, access, cost, work)
}

const fn field(of: &'static str, name: &'static str, access: Access, cost: Cost, work: Does) -> Own {
    Own { of, name, access, cost, work }
}

#[rustfmt::skip]
pub(super) const OWN: &[Own] = &[
    query("me", ANYONE, FIELD, query::me),
    query("connections", viewers(Scope::Connections), PAGE, query::connections),
    query("deliveries", viewers(Scope::Connections), PAGE, query::deliveries),
    query("deliverySummary", viewers(Scope::Connections), work(500, 1), query::delivery_summary),
    query("dataSubject", viewers(Scope::People), work(1_000, 10), query::data_subject),
    query("journal", viewers(Scope::Journal), PAGE, query::journal),
    query("rightsRequests", viewers(Scope::Requests), PAGE, query::rights_requests),
    query("rightsSummary", viewers(Scope::Requests), work(500, 1), query::rights_summary),
    query("answerTemplates", reviewers(Scope::Requests), FIELD, query::answer_templates),
    query("savedViews", viewers(Scope::Requests), FIELD, query::saved_views),
    query("tags", viewers(Scope::Tags), FIELD, query::tags),
    query("eventSummary", viewers(Scope::Events), work(500, 1), query::event_summary),
    query("consentSummary", viewers(Scope::Consent), work(500, 1), query::consent_summary),
    query("consentRecords", viewers(Scope::Consent), PAGE, query::consent_records),
    query("consentRecord", viewers(Scope::Consent), LARGE, query::consent_record),
    query("notices", viewers(Scope::Consent), PAGE, query::notices),
    query("notice", viewers(Scope::Consent), FIELD, query::notice),
    query("noticeWords", ANYONE, FIELD, query::notice_words),
    query("sites", viewers(Scope::Sites), work(500, 1), query::sites),
    query("siteSettings", viewers(Scope::Sites), LARGE, query::site_settings),
    query("controller", viewers(Scope::Sites), FIELD, query::controller),
    query("regimes", ANYONE, FIELD, query::regimes),
    query("retention", ANYONE, FIELD, query::retention),
    query("staff", viewers(Scope::Staff), LARGE, query::staff),
    query("staffSessions", viewers(Scope::Staff), LARGE, query::staff_sessions),
    query("staffTokens", owners(Scope::Staff), LARGE, query::staff_tokens),
    query("site", ANYONE, LARGE, query::site),
    query("consentHistory", ANYONE, LARGE, query::consent_history),
    query("rightsRequest", viewers(Scope::Requests), LARGE, query::rights_request),
    query("rightsRequestByToken", ANYONE, LARGE, query::rights_request_by_token),

    mutation("createConnection", owners(Scope::Connections), CHANGE, change::create_connection),
    mutation("rotateConnectionSecret", owners(Scope::Connections), CHANGE, change::rotate_connection_secret),
    mutation("disableConnection", owners(Scope::Connections), CHANGE, change::disable_connection),
    mutation("saveFieldMapping", owners(Scope::Connections), CHANGE, change::save_field_mapping),
    mutation("tryFieldMapping", owners(Scope::Connections), work(100, 1), change::try_field_mapping),
    mutation("replayDelivery", reviewers(Scope::Connections), work(1_000, 1), change::replay_delivery),
    mutation("sendTestDelivery", owners(Scope::Connections), CHANGE, change::send_test_delivery),
    mutation("splitDataSubject", reviewers(Scope::People), work(1_000, 20), change::split_data_subject),
    mutation("saveTags", owners(Scope::Tags), CHANGE, change::save_tags),
    mutation("publishTags", owners(Scope::Tags), CHANGE, change::publish_tags),
    mutation("rollbackTags", owners(Scope::Tags), CHANGE, change::rollback_tags),
    mutation("publishNotice", owners(Scope::Consent), CHANGE, change::publish_notice),
    mutation("updateSite", owners(Scope::Sites), CHANGE, change::update_site),
    mutation("updateController", owners(Scope::Sites), CHANGE, change::update_controller),
    mutation("completeRightsTask", reviewers(Scope::Requests), CHANGE, change::complete_rights_task),
    mutation("addRightsFile", reviewers(Scope::Requests), CHANGE, change::add_rights_file),
    mutation("setRightsEndpoint", owners(Scope::Connections), CHANGE, change::set_rights_endpoint),
    mutation("setDestinationSecret", owners(Scope::Tags), CHANGE, change::set_destination_secret),
    mutation("submitRightsRequest", ANYONE, INTAKE, change::submit_rights_request),
    mutation("verifyRightsRequest", ANYONE, INTAKE, change::verify_rights_request),
    mutation("requestSignInLink", ANYONE, INTAKE, change::request_sign_in_link),
    mutation("signIn", ANYONE, INTAKE, change::sign_in),
    mutation("requestStaffSignInLink", ANYONE, INTAKE, change::request_staff_sign_in_link),
    mutation("staffSignIn", ANYONE, INTAKE, change::staff_sign_in),
    mutation("addStaff", owners(Scope::Staff), CHANGE, change::add_staff),
    mutation("changeStaffRole", owners(Scope::Staff), CHANGE, change::change_staff_role),
    mutation("removeStaff", owners(Scope::Staff), CHANGE, change::remove_staff),
    mutation("revokeStaffSession", viewers(Scope::Staff), CHANGE, change::revoke_staff_session),
    mutation("saveView", viewers(Scope::Requests), CHANGE, change::save_view),
    mutation("removeView", viewers(Scope::Requests), CHANGE, change::remove_view),
    mutation("createStaffToken", owners(Scope::Staff), CHANGE, change::create_staff_token),
    mutation("revokeStaffToken", owners(Scope::Staff), CHANGE, change::revoke_staff_token),
    mutation("signOut", ANYONE, CHANGE, change::sign_out),
    mutation("withdrawRightsRequest", subject_or_reviewers(Scope::Requests), CHANGE, change::withdraw_rights_request),
    mutation("appealRightsRequest", subject_or_reviewers(Scope::Requests), CHANGE, change::appeal_rights_request),
    mutation("messageRightsRequest", subject_or_reviewers(Scope::Requests), CHANGE, change::message_rights_request),
    mutation("startRightsRequest", reviewers(Scope::Requests), CHANGE, change::start_rights_request),
    mutation("extendRightsRequest", reviewers(Scope::Requests), CHANGE, change::extend_rights_request),
    mutation("holdRightsRequest", reviewers(Scope::Requests), CHANGE, change::hold_rights_request),
    mutation("resumeRightsRequest", reviewers(Scope::Requests), CHANGE, change::resume_rights_request),
    mutation("fulfilRightsRequest", reviewers(Scope::Requests), CHANGE, change::fulfil_rights_request),
    mutation("denyRightsRequest", reviewers(Scope::Requests), CHANGE, change::deny_rights_request),
    mutation("assignRightsRequest", reviewers(Scope::Requests), CHANGE, change::assign_rights_request),
    mutation("previewRightsMail", reviewers(Scope::Requests), CHANGE, change::preview_rights_mail),
    mutation("enterRightsRequest", reviewers(Scope::Requests), CHANGE, change::enter_rights_request),

    // Up to 128 KB each, and read one by one.
    field("Notice", "document", INHERITED, LARGE, types::site::document),
    field("Notice", "changes", INHERITED, LARGE, types::site::changes),
    field("Tags", "draft", INHERITED, FIELD, types::tags::draft),
    field("Tags", "published", INHERITED, FIELD, types::tags::published),
    field("Tags", "versions", INHERITED, PAGE, types::tags::versions),
    field("Tags", "templates", INHERITED, FIELD, types::tags::templates),
    field("Tags", "destinations", INHERITED, LARGE, types::destination::destinations),
    // Up to 128 KB each, and read one by one.
    field("TagDraft", "problems", INHERITED, LARGE, types::tags::problems),
    field("TagDraft", "changes", INHERITED, LARGE, types::tags::changes),
    field("TagVersion", "document", INHERITED, LARGE, types::tags::document),
    field("TagVersion", "changes", INHERITED, LARGE, types::tags::changes),
    field("SubjectRequest", "name", INHERITED, READ, types::rights::name),
    field("SubjectRequest", "message", INHERITED, READ, types::rights::message),
    field("SubjectRequest", "events", INHERITED, READ, types::rights::events),
    field("SubjectRequest", "messages", INHERITED, READ, types::rights::messages),
    field("SubjectRequest", "files", INHERITED, READ, types::rights::files),
    field("RightsRequest", "email", INHERITED, READ, types::rights::email),
    field("RightsRequest", "name", INHERITED, READ, types::rights::name),
    field("RightsRequest", "message", INHERITED, READ, types::rights::message),
    field("RightsRequest", "agent", INHERITED, READ, types::rights::agent),
    field("RightsRequest", "events", INHERITED, READ, types::rights::events),
    field("RightsRequest", "messages", INHERITED, READ, types::rights::messages),
    field("RightsRequest", "files", INHERITED, READ, types::rights::files),
    field("RightsRequest", "tasks", INHERITED, READ, types::rights::tasks),
    field("RightsRequest", "mails", INHERITED, READ, types::rights::mails),
    field("RightsRequest", "subject", viewers(Scope::People), work(1_000, 10), query::subject_of),
    field("RightsDenial", "note", INHERITED, READ, types::rights::note),
    field("WebhookConnection", "url", owners(Scope::Connections), FIELD, types::connection::url),
];
