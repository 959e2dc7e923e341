//! What a page tells of its events.

use nod_core::{
    events::{Batch, Ground, decide},
    regime,
    region::Region,
    time::Timestamp,
};

use crate::{consent::DEMO, webhook::NOW};

/// A body of `POST /v1/events`: whatever of it is taken has a purpose that is granted.
pub fn events(input: &[u8]) {
    let now = Timestamp::from_millis(NOW).expect("a time");
    let Ok(batch) = Batch::parse(input, now) else { return };
    for (region, gpc) in [("DE", false), ("US-CA", true)] {
        let regime = regime::governing(Region::parse(region).as_ref());
        let ground = Ground { site: &DEMO, record: None, opted_out: None, regime, gpc, now };
        let decision = decide(batch.clone(), &ground);
        assert!(decision.events.iter().all(|event| decision.permitted.contains(&event.purpose)));
        assert!(decision.events.len() <= batch.events.len());
        assert!(regime.id != "gdpr" || decision.permitted.iter().all(|purpose| purpose.as_str() == "necessary"));
        serde_json::to_vec(&decision.events).expect("events are JSON");
    }
}
