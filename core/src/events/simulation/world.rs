//! Everything together, and the network between.

use std::collections::BTreeSet;

use super::{
    actions::{Action, Fare},
    browser::Browser,
    edge::{Edge, Request},
    places::{Configuration, Law},
};

const BEGIN: i64 = 1_763_900_000_000;
const HOUR: i64 = 60 * 60 * 1000;

pub(super) struct World {
    pub(super) browser: Browser,
    pub(super) edge: Edge,
    configuration: Configuration,
    requests: Vec<Request>,
    /// Answers on their way back, to these tabs.
    answers: Vec<usize>,
    /// How often something went wrong.
    pub(super) faults: usize,
}

impl World {
    pub(super) fn new(law: Law) -> Self {
        let mut world = Self {
            browser: Browser::new(law, BEGIN),
            edge: Edge::new(law),
            configuration: Configuration::version(0),
            requests: Vec::new(),
            answers: Vec::new(),
            faults: 0,
        };
        world.browser.open(&world.configuration);
        world
    }

    pub(super) fn happen(&mut self, action: &Action) {
        self.browser.now += 1;
        let count = self.browser.tabs.len();
        let tab = |number: &usize| number % count.max(1);
        let is_open = count > 0;
        match action {
            Action::Open if count < 4 => self.browser.open(&self.configuration),
            Action::Close(number, fare) if is_open => self.close(tab(number), *fare),
            Action::Hide(number) if is_open => self.hide(tab(number), Fare::Late),
            Action::Crash(number) if is_open => {
                self.faults += 1;
                self.browser.close(tab(number), true);
            }
            Action::Navigate(number, path) if is_open => {
                self.browser.tabs[tab(number)].queue.set_page(&format!(r#"{{"path":"/{path}"}}"#));
            }
            Action::Want(number, vendor) if is_open => self.browser.want(tab(number), *vendor),
            Action::Track { tab: number, purpose, count } if is_open => {
                self.browser.track(tab(number), *purpose, *count);
            }
            Action::Act(number, purposes) if is_open => self.browser.act(tab(number), *purposes),
            Action::Identify(number) if is_open => self.browser.identify(tab(number)),
            Action::Release(number, most) if is_open => self.browser.release(tab(number), *most),
            Action::Choose(bits) => self.browser.choose(*bits),
            Action::Forget => self.browser.forget(),
            Action::Signal(is_on) => self.browser.gpc = *is_on,
            Action::Record(fare) => self.record(*fare),
            Action::Send(number) if is_open => self.send(tab(number)),
            Action::Arrive(number, fare) if !self.requests.is_empty() => {
                self.arrive(number % self.requests.len(), *fare);
            }
            Action::Hear(number) if !self.answers.is_empty() => self.hear(number % self.answers.len()),
            Action::Consume(number, until) if self.edge.message_count() > 0 => {
                self.faults += usize::from(*until < 4);
                self.edge.consume(number % self.edge.message_count(), &self.configuration, *until);
            }
            Action::Dispatch(number, is_heard) if self.edge.delivery_count() > 0 => {
                let place = number % self.edge.delivery_count();
                self.edge.dispatch(place, &self.configuration, self.browser.now, *is_heard);
            }
            Action::Publish(version) => self.configuration = Configuration::version(*version),
            Action::Wait(hours) => self.wait(hours * HOUR),
            _ => {}
        }
    }

    fn wait(&mut self, time: i64) {
        self.browser.now += time;
        let days = i64::from(self.browser.law.regime().remember_days);
        if self.browser.choice.is_some_and(|choice| self.browser.now > choice.at + (days - 1) * 24 * HOUR) {
            self.browser.forget(); // the cookie's time is over
        }
    }

    /// The choice is sent to the edge.
    fn record(&mut self, fare: Fare) {
        let Some(choice) = self.browser.choice.filter(|choice| choice.is_pending) else { return };
        self.faults += usize::from(fare != Fare::Good);
        if matches!(fare, Fare::Good | Fare::AnswerLost) {
            self.edge.record(&choice, choice.gpc, self.browser.now);
        }
        if fare == Fare::Good {
            self.browser.choice = Some(super::browser::Choice { is_pending: false, ..choice });
        }
    }

    fn head(&self) -> String {
        let visitor =
            self.browser.choice.map_or(String::new(), |choice| format!(r#","visitor":"{}""#, choice.visitor()));
        format!(r#""site":"shop"{visitor},"sent":{}"#, self.browser.now)
    }

    fn request(&mut self, tab: Option<usize>, body: String) {
        self.check_body(&body);
        self.requests.push(Request { tab, body, gpc: self.browser.gpc, changes: self.browser.changes });
    }

    /// Nothing leaves the page but what the edge may have, as things stand at this moment.
    fn check_body(&self, body: &str) {
        assert!(body.len() <= 64 * 1024);
        let body: serde_json::Value = serde_json::from_str(body).expect("a body is JSON");
        let at_edge = self.browser.standing().at_edge();
        let may = |purpose: &str| {
            super::browser::PURPOSES.iter().position(|id| *id == purpose).is_some_and(|number| at_edge.allows(number))
        };
        let mut ids = BTreeSet::new();
        for event in body["events"].as_array().unwrap() {
            assert!(ids.insert(event["id"].as_str()), "an event goes twice in one request");
            assert!(may(event["purpose"].as_str().unwrap()), "sent without consent");
        }
        let identity = &body["identity"];
        assert!(identity.is_null() || may("analytics"), "somebody is named without consent");
        assert!(identity["meta"].is_null() || may("marketing"), "somebody is exported without consent");
        let hash = identity["email"].as_str();
        assert!(hash.is_none_or(|hash| self.browser.ledger.may_name(hash)), "somebody is named after a refusal");
    }

    fn send(&mut self, place: usize) {
        if self.browser.tabs[place].is_waiting {
            return;
        }
        let (standing, head) = (self.browser.look(place), self.head());
        let tab = &mut self.browser.tabs[place];
        let Some(body) = tab.queue.batch(standing, &head) else { return };
        tab.is_waiting = true;
        let number = tab.number;
        let read: serde_json::Value = serde_json::from_str(&body).unwrap();
        let ids: Vec<_> =
            read["events"].as_array().unwrap().iter().map(|event| super::browser::id_of(&event.to_string())).collect();
        self.browser.ledger.send(number, &ids);
        self.request(Some(number), body);
    }

    fn arrive(&mut self, place: usize, fare: Fare) {
        self.faults += usize::from(fare != Fare::Good);
        let request = self.requests[place].clone();
        if matches!(fare, Fare::Good | Fare::AnswerLost) {
            let (now, changes) = (self.browser.now, self.browser.changes);
            self.edge.receive(&request, &mut self.browser.ledger, now, changes);
        }
        match fare {
            Fare::Good => self.answers.extend(request.tab),
            Fare::AnswerLost | Fare::Lost | Fare::Late => self.fail(request.tab),
        }
        if fare == Fare::Late {
            self.requests[place].tab = None;
        } else {
            self.requests.remove(place);
        }
    }

    fn place(&self, number: usize) -> Option<usize> {
        self.browser.tabs.iter().position(|tab| tab.number == number)
    }

    fn fail(&mut self, tab: Option<usize>) {
        let Some(place) = tab.and_then(|number| self.place(number)) else { return };
        let tab = &mut self.browser.tabs[place];
        let pause = tab.queue.fail(0);
        assert!((1000..=60_000).contains(&pause));
        tab.is_waiting = false;
    }

    /// A tab hears that its request was taken.
    fn hear(&mut self, answer: usize) {
        let number = self.answers.remove(answer);
        let Some(place) = self.place(number) else { return };
        let tab = &mut self.browser.tabs[place];
        let text = tab.queue.acknowledge(&self.browser.storage);
        tab.is_waiting = false;
        self.browser.store(text, true);
    }

    fn hide(&mut self, place: usize, fare: Fare) {
        self.browser.release(place, usize::MAX);
        let (standing, head) = (self.browser.look(place), self.head());
        for body in self.browser.tabs[place].queue.beacons(standing, &head) {
            self.request(None, body);
            if fare != Fare::Late {
                self.arrive(self.requests.len() - 1, fare);
            }
        }
        self.browser.keep(place);
    }

    fn close(&mut self, place: usize, fare: Fare) {
        self.hide(place, fare);
        self.browser.close(place, false);
    }

    /// In the end everything works, and another page of the site is opened.
    pub(super) fn settle(&mut self) {
        self.record(Fare::Good);
        while !self.requests.is_empty() {
            self.arrive(0, Fare::Good);
        }
        while !self.answers.is_empty() {
            self.hear(0);
        }
        self.browser.open(&self.configuration);
        for place in 0..self.browser.tabs.len() {
            self.browser.release(place, usize::MAX);
            loop {
                self.send(place);
                if self.requests.is_empty() {
                    break;
                }
                self.arrive(0, Fare::Good);
                self.hear(0);
            }
        }
        while self.edge.message_count() > 0 {
            self.edge.consume(0, &self.configuration, usize::MAX);
        }
        while self.edge.delivery_count() > 0 {
            self.edge.dispatch(0, &self.configuration, self.browser.now, true);
        }
    }

    /// What must hold in the end. Gives how many events were counted.
    pub(super) fn check(&self) -> usize {
        let standing = self.browser.standing();
        let mut counted = 0;
        for event in &self.browser.ledger.events {
            let count = self.edge.count(&event.name);
            assert_eq!(count, u32::from(event.allowed_at_edge > 0), "{} is lost or doubled at the edge", event.id);
            counted += usize::from(count > 0);
            let may_go = standing.allowed.allows(event.purpose);
            let is_open = self.place(event.tab).is_some();
            let excused = event.refused
                || event.blocked_at_edge > 0
                || event.too_old_at_edge > 0
                || event.gone.is_some()
                || (is_open && !may_go);
            assert!(count > 0 || excused, "{} was granted and is lost", event.id);
        }
        for name in &self.browser.ledger.names {
            let was_refused = name.refused || name.was_refused || name.refused_at_edge;
            let is_due = !was_refused && standing.is_chosen && standing.allowed.allows(1);
            assert!(self.edge.knows(&name.hash) || !is_due, "the visitor is not known by {}", name.hash);
        }
        let refusals: usize = self.browser.ledger.events.iter().map(|event| event.blocked_at_edge).sum();
        assert_eq!(self.edge.blocked as usize, refusals, "refusals are not counted as they were");
        self.edge.check_sinks();
        counted
    }
}
