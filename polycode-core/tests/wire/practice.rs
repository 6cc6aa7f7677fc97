//! How far somebody has come in a module.

use insta::assert_json_snapshot;
use polycode_core::id::ModuleId;
use polycode_core::practice::{ModuleProgress, ModuleProgressEvent};
use polycode_core::quantity::{Points, Score};
use serde_json::json;
use uuid::Uuid;

use crate::{NOW, user, wire};

#[test]
fn progress_in_modules_keeps_its_shape() {
    let (user, module) = (user("eve"), ModuleId(Uuid::from_u128(1)));
    let events = [
        ModuleProgressEvent::Advanced {
            user: user.clone(),
            module,
            score: Score::FULL,
            passed: 1,
            contents: 1,
        },
        ModuleProgressEvent::Completed {
            user: user.clone(),
            module,
            at: NOW,
        },
        ModuleProgressEvent::Rewarded {
            user: user.clone(),
            module,
            points: Points(5),
            total: Points(5),
        },
    ];
    let after = events
        .iter()
        .fold(ModuleProgress::new(user, module), ModuleProgress::apply);
    let events = events.map(|event| wire(&event));
    assert_json_snapshot!(json!({"events": events, "progress": wire(&after)}));
}
