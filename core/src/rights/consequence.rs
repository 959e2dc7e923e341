//! What a transition leaves behind beside the new state: who is written to, and what is to be done.

use super::kind::words;

words! {
    /// A letter that a transition sends, by the name that [`crate::rights`]' neighbours know it under. A request without an
    /// address sends none to the person.
    Mail {
        /// To the person: prove the address.
        Verify => "verify", "VERIFY",
        /// To the person: it is here and needs no proof.
        Received => "received", "RECEIVED",
        /// To the person: the address is proven, and this is what happens next.
        Confirmed => "confirmed", "CONFIRMED",
        /// To the person: it takes longer.
        Extended => "extended", "EXTENDED",
        /// To the person: there is a message.
        Message => "message", "MESSAGE",
        /// To the person: it was met.
        Fulfilled => "fulfilled", "FULFILLED",
        /// To the person: it was refused, and why.
        Denied => "denied", "DENIED",
        /// To the person: it was taken back.
        Withdrawn => "withdrawn", "WITHDRAWN",
        /// To the person: the same was asked before.
        Duplicate => "duplicate", "DUPLICATE",
        /// To staff: something waits for them.
        StaffNotice => "staff_notice", "STAFF_NOTICE",
    }
}

words! {
    /// Work that a transition starts.
    Work {
        /// List what must be done in the connected platforms, and call the applications that have an endpoint.
        Plan => "plan", "PLAN",
        /// Record the opt-out, so that it holds from now on.
        OptOut => "opt_out", "OPT_OUT",
        /// Put together what the person gets.
        Package => "package", "PACKAGE",
        /// Erase what is kept of the person, and then the request's own key.
        Erase => "erase", "ERASE",
        /// Close the tasks that are still open: nothing is to be done any more.
        Cancel => "cancel", "CANCEL",
        /// Forget what the form said, for nobody proved that it was theirs: the request's key goes.
        Forget => "forget", "FORGET",
    }
}
