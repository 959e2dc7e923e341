use super::*;
use crate::events::Part;
use serde_json::{Value, json};

const NOTHING: Standing = Standing {
    allowed: Permissions::from_bits(0b001),
    essential: Permissions::from_bits(0b001),
    objected: Permissions::NONE,
    is_chosen: false,
    is_recorded: false,
};

fn chosen(bits: u32) -> Standing {
    Standing { allowed: Permissions::from_bits(bits | 1), is_chosen: true, is_recorded: true, ..NOTHING }
}

fn queue() -> Queue {
    let purposes = ["necessary", "analytics", "marketing"].map(str::to_owned).to_vec();
    let mut queue = Queue::new("source", purposes);
    queue.add_vendor(Permissions::from_bits(0b010));
    queue.add_vendor(Permissions::from_bits(0b110));
    queue.want(0);
    queue.want(1);
    queue
}

fn track(queue: &mut Queue, count: usize, purpose: usize, vendors: u64) {
    for _ in 0..count {
        queue.track(Tracked { name: "seen", at: 1000, purpose, props: "{}" }, vendors);
    }
}

fn steps(queue: &mut Queue, standing: Standing) -> Vec<Step> {
    std::iter::from_fn(|| queue.next(standing)).collect()
}

fn body(queue: &mut Queue, standing: Standing) -> Option<Value> {
    queue.batch(standing, r#""site":"shop""#).map(|body| serde_json::from_str(&body).unwrap())
}

fn ids(body: &Value) -> Vec<&str> {
    body["events"].as_array().unwrap().iter().map(|event| event["id"].as_str().unwrap()).collect()
}

/// Everything that can be sent, batch by batch.
fn all(queue: &mut Queue, standing: Standing) -> Vec<Value> {
    std::iter::from_fn(|| {
        let body = body(queue, standing);
        queue.acknowledge("");
        body
    })
    .collect()
}

#[test]
fn what_waits_goes_in_its_order_to_each_destination_once_there_is_a_choice() {
    let mut queue = queue();
    track(&mut queue, 3, 1, 0b11);
    assert_eq!((steps(&mut queue, NOTHING), body(&mut queue, NOTHING)), (Vec::new(), None));
    let went = steps(&mut queue, chosen(0b010));
    let forwarded: Vec<_> = went.iter().filter(|step| matches!(step, Step::Forward(0, _))).collect();
    assert_eq!((went.len(), &went[0], forwarded.len()), (4, &Step::Load(0), 3));
    assert_eq!(ids(&body(&mut queue, chosen(0b010)).unwrap()), ["source.1", "source.2", "source.3"]);
}

#[test]
fn a_refusal_in_the_middle_of_a_release_holds_from_the_next_step_on() {
    let mut queue = queue();
    track(&mut queue, 3, 1, 0b01);
    assert_eq!(queue.next(chosen(0b010)), Some(Step::Load(0)));
    assert!(matches!(queue.next(chosen(0b010)), Some(Step::Forward(0, event)) if event.contains("source.1")));
    let rest = steps(&mut queue, chosen(0));
    assert!(
        matches!(&rest[..], [Step::Blocked(two), Step::Blocked(three)]
        if two.contains("source.2") && three.contains("source.3")),
        "{rest:?}"
    );
    assert_eq!(body(&mut queue, chosen(0)), None);
    assert_eq!(steps(&mut queue, chosen(0b010)), []);
}

#[test]
fn what_a_signal_objects_to_does_not_wait() {
    let mut queue = queue();
    track(&mut queue, 1, 2, 0);
    let signalled = Standing { objected: Permissions::from_bits(0b100), ..NOTHING };
    assert!(matches!(steps(&mut queue, signalled)[..], [Step::Blocked(_)]));
}

#[test]
fn a_vendor_that_a_rule_wants_later_gets_what_comes_later() {
    let mut queue = queue();
    let late = queue.add_vendor(Permissions::from_bits(0b010));
    track(&mut queue, 1, 1, 1 << late);
    queue.want(late);
    track(&mut queue, 1, 1, 1 << late);
    let went = steps(&mut queue, chosen(0b010));
    assert!(matches!(&went[..], [Step::Load(0), Step::Load(2), Step::Forward(2, event)] if event.contains("source.2")));
}

#[test]
fn a_thousand_wait_and_what_comes_after_is_counted_and_told() {
    let mut queue = queue();
    track(&mut queue, MAX_WAITING + 500, 1, 0b01);
    queue.act(Act::Call, Permissions::from_bits(0b010), "{}");
    assert_eq!(steps(&mut queue, NOTHING), []);
    let went = steps(&mut queue, chosen(0b010));
    let forwarded = went.iter().filter(|step| matches!(step, Step::Forward(..))).count();
    assert_eq!((went.len(), forwarded), (1 + MAX_WAITING, MAX_WAITING));
    let bodies = all(&mut queue, chosen(0b010));
    assert_eq!(bodies.len(), MAX_WAITING / 100);
    assert_eq!(bodies.iter().map(|body| &body["dropped"]).collect::<Vec<_>>()[..2], [&json!(500), &Value::Null]);
    assert_eq!(ids(&bodies[9])[99], "source.1000");
}

#[test]
fn ten_thousand_wait_to_be_sent_and_what_comes_after_is_counted() {
    let mut queue = queue();
    track(&mut queue, MAX_OUTGOING + 7, 1, 0);
    steps(&mut queue, chosen(0b010));
    track(&mut queue, 5, 1, 0);
    steps(&mut queue, chosen(0b010));
    let bodies = all(&mut queue, chosen(0b010));
    assert_eq!(bodies.iter().map(|body| ids(body).len()).sum::<usize>(), MAX_OUTGOING);
    assert_eq!(bodies[0]["dropped"], 12);
}

#[test]
fn a_choice_that_the_edge_does_not_know_holds_back_all_but_what_is_essential() {
    let mut queue = queue();
    track(&mut queue, 1, 0, 0);
    track(&mut queue, 1, 1, 0);
    track(&mut queue, 1, 0, 0);
    let pending = Standing { is_recorded: false, ..chosen(0b010) };
    steps(&mut queue, pending);
    assert_eq!(ids(&body(&mut queue, pending).unwrap()), ["source.1"]);
    queue.acknowledge("");
    assert_eq!(body(&mut queue, pending), None);
    let beacons = queue.beacons(pending, r#""site":"shop""#);
    assert_eq!(ids(&serde_json::from_str(&beacons[0]).unwrap()), ["source.3"]);
    assert_eq!(ids(&body(&mut queue, chosen(0b010)).unwrap()), ["source.2", "source.3"]);
}

#[test]
fn a_failed_request_goes_again_as_it_was_after_a_pause_that_doubles() {
    let mut queue = queue();
    track(&mut queue, 2, 1, 0);
    let standing = chosen(0b010);
    steps(&mut queue, standing);
    let first = body(&mut queue, standing);
    let pauses: Vec<u32> = (0..8)
        .map(|_| {
            let pause = queue.fail(0);
            track(&mut queue, 1, 1, 0);
            steps(&mut queue, standing);
            assert_eq!(body(&mut queue, standing), first);
            pause
        })
        .collect();
    assert_eq!(pauses, [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
    assert_eq!(queue.fail(90), 90_000);
    body(&mut queue, standing);
    queue.acknowledge("");
    assert_eq!(ids(&body(&mut queue, standing).unwrap()).len(), 8);
    assert_eq!(queue.fail(0), 1000);
}

#[test]
fn what_is_withdrawn_while_it_is_under_way_does_not_go_again() {
    let mut queue = queue();
    track(&mut queue, 2, 1, 0);
    steps(&mut queue, chosen(0b010));
    body(&mut queue, chosen(0b010));
    steps(&mut queue, chosen(0));
    queue.fail(0);
    assert_eq!(body(&mut queue, chosen(0)), None);
    assert_eq!(body(&mut queue, chosen(0b010)), None);
}

#[test]
fn a_batch_is_of_one_page_and_of_a_bounded_size() {
    let mut queue = queue();
    queue.set_page(r#"{"path":"/a"}"#);
    track(&mut queue, 1, 1, 0);
    queue.set_page(r#"{"path":"/b"}"#);
    let long = [r#"{"a":""#, &"x".repeat(4000), r#""}"#].concat();
    for _ in 0..40 {
        queue.track(Tracked { name: "seen", at: 1, purpose: 1, props: &long }, 0);
    }
    steps(&mut queue, chosen(0b010));
    let sent = queue.beacons(chosen(0b010), r#""site":"shop""#);
    assert!(sent.iter().all(|body| body.len() < 60 * 1024));
    let bodies = all(&mut queue, chosen(0b010));
    let paths: Vec<_> = bodies.iter().map(|body| body["page"]["path"].as_str().unwrap()).collect();
    assert_eq!((paths, sent.len()), (vec!["/a", "/b", "/b", "/b"], 4));
}

#[test]
fn a_beacon_takes_everything_once_and_it_stays_until_it_is_acknowledged() {
    let mut queue = queue();
    let standing = chosen(0b010);
    track(&mut queue, 2, 1, 0);
    steps(&mut queue, standing);
    body(&mut queue, standing);
    track(&mut queue, 1, 1, 0);
    steps(&mut queue, standing);
    let beacons = queue.beacons(standing, r#""site":"shop""#);
    assert_eq!(beacons.len(), 2);
    assert_eq!(queue.beacons(standing, ""), Vec::<String>::new());
    queue.fail(0);
    assert_eq!(ids(&body(&mut queue, standing).unwrap()), ["source.1", "source.2"]);
}

#[test]
fn what_one_page_keeps_another_takes_over_until_the_edge_has_it() {
    let (standing, now) = (chosen(0b010), 2000);
    let mut one = queue();
    one.set_page(r#"{"path":"/a"}"#);
    track(&mut one, 2, 1, 0);
    steps(&mut one, standing);
    let kept = one.keep(standing, "", now);
    assert_eq!(one.keep(standing, &kept, now), kept);
    let mut other = Queue::new("other", vec!["necessary".into(), "marketing".into(), "analytics".into()]);
    let allowed = chosen(0b100);
    track(&mut other, 1, 2, 0);
    steps(&mut other, allowed);
    assert_eq!(other.restore(allowed, &kept, now), kept);
    assert_eq!(other.restore(allowed, &kept, now), kept);
    let bodies = [body(&mut other, allowed).unwrap(), {
        assert_eq!(other.acknowledge(&kept), "");
        body(&mut other, allowed).unwrap()
    }];
    assert_eq!((ids(&bodies[0]), &bodies[0]["page"]["path"]), (vec!["source.1", "source.2"], &json!("/a")));
    assert_eq!(ids(&bodies[1]), ["other.1"]);
}

#[test]
fn what_is_kept_is_allowed_and_young_and_of_a_visitor_who_chose() {
    let standing = chosen(0b110);
    let mut queue = queue();
    track(&mut queue, 1, 1, 0);
    track(&mut queue, 1, 2, 0);
    steps(&mut queue, standing);
    let kept = queue.keep(standing, "", 2000);
    let ids = |text: &str| ["source.1", "source.2"].map(|id| text.contains(id));
    assert_eq!(ids(&kept), [true, true]);
    assert_eq!(ids(&self::queue().restore(chosen(0b100), &kept, 2000)), [false, true]);
    assert_eq!(self::queue().restore(NOTHING, &kept, 2000), "");
    let week = 7 * 24 * 60 * 60 * 1000;
    assert_eq!(self::queue().restore(standing, &kept, 1000 + week), "");
    assert_eq!(ids(&self::queue().restore(standing, &kept, 999 + week)), [true, true]);
    let mut free = self::queue();
    track(&mut free, 1, 1, 0);
    let defaults = Standing { allowed: Permissions::from_bits(0b111), ..NOTHING };
    steps(&mut free, defaults);
    assert_eq!(free.keep(defaults, "", 2000), "");
}

#[test]
fn a_hundred_are_kept_and_what_another_script_wrote_is_passed_over() {
    let standing = chosen(0b010);
    let mut queue = queue();
    track(&mut queue, 150, 1, 0);
    steps(&mut queue, standing);
    let kept = queue.keep(standing, "junk\n\t\t\t\n12\tanalytics\n99x\tanalytics\t{}\t{\"id\":\"a.1\"}", 2000);
    assert_eq!(kept.lines().count(), 100);
    assert!(kept.contains("source.100\"") && !kept.contains("source.101\""));
}

fn parts() -> Vec<Part> {
    let part = |bits, json: &str| Part { needs: Permissions::from_bits(bits), json: json.to_owned(), always: false };
    vec![part(0b010, r#""purpose":"analytics","email":"e""#), part(0b110, r#""meta":{"email":"m"}"#)]
}

#[test]
fn who_the_visitor_is_goes_once_and_each_part_as_soon_as_it_may() {
    let mut queue = queue();
    queue.identify(parts());
    assert_eq!(body(&mut queue, NOTHING), None);
    let sent = body(&mut queue, chosen(0b010)).unwrap();
    assert_eq!((&sent["identity"], &sent["events"]), (&json!({"purpose": "analytics", "email": "e"}), &json!([])));
    queue.fail(0);
    assert_eq!(body(&mut queue, chosen(0b010)), Some(sent));
    queue.acknowledge("");
    assert_eq!(body(&mut queue, chosen(0b010)), None);
    assert_eq!(body(&mut queue, chosen(0b110)), None, "what was refused is forgotten");
    queue.identify(parts());
    let both = body(&mut queue, chosen(0b110)).unwrap();
    assert_eq!(both["identity"], json!({"purpose": "analytics", "email": "e", "meta": {"email": "m"}}));
}

#[test]
fn who_the_visitor_is_is_forgotten_when_it_is_refused() {
    let mut queue = queue();
    queue.identify(parts());
    assert_eq!(body(&mut queue, chosen(0b100)), None);
    assert_eq!(body(&mut queue, chosen(0b110)), None);
    let apart = Part { needs: Permissions::from_bits(0b100), ..parts().remove(1) };
    queue.identify(vec![parts().remove(0), apart]);
    assert_eq!(body(&mut queue, chosen(0b100)), None, "a part never goes without the first");
}

#[test]
fn a_part_for_every_batch_goes_with_every_batch_and_makes_none() {
    let mut queue = queue();
    let [first, second] = parts().try_into().unwrap();
    queue.identify(vec![first, Part { always: true, ..second }]);
    let standing = chosen(0b110);
    for _ in 0..2 {
        track(&mut queue, 1, 1, 0);
        steps(&mut queue, standing);
        assert_eq!(body(&mut queue, standing).unwrap()["identity"]["meta"]["email"], "m");
        queue.acknowledge("");
    }
    assert_eq!(body(&mut queue, standing), None);
}

#[test]
fn who_the_visitor_is_is_told_again_after_a_beacon_that_nobody_answers() {
    let (mut queue, standing) = (queue(), chosen(0b110));
    track(&mut queue, 1, 1, 0);
    steps(&mut queue, standing);
    body(&mut queue, standing).unwrap();
    queue.identify(parts());
    let beacons = queue.beacons(standing, r#""site":"shop""#);
    assert_eq!(serde_json::from_str::<Value>(&beacons[0]).unwrap()["identity"]["email"], "e");
    queue.acknowledge("");
    assert_eq!(body(&mut queue, standing).unwrap()["identity"]["email"], "e");
}

#[test]
fn what_was_dropped_is_told_once_and_again_where_it_was_not_heard() {
    let (mut queue, standing) = (queue(), chosen(0b010));
    queue.lose(3);
    track(&mut queue, 1, 1, 0);
    steps(&mut queue, standing);
    assert_eq!(body(&mut queue, standing).unwrap()["dropped"], 3);
    queue.fail(0);
    queue.lose(2);
    assert_eq!(body(&mut queue, standing).unwrap()["dropped"], 5);
    queue.lose(1);
    let beacons = queue.beacons(standing, r#""site":"shop""#);
    assert_eq!(serde_json::from_str::<Value>(&beacons[0]).unwrap()["dropped"], 1);
    queue.acknowledge("");
    track(&mut queue, 1, 1, 0);
    steps(&mut queue, standing);
    assert_eq!(body(&mut queue, standing).unwrap()["dropped"], Value::Null);
}
