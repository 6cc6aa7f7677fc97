use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::quantity::Points;
use crate::refusal::Refusal;

fn id(number: usize) -> ModuleId {
    ModuleId(Uuid::from_u128(number as u128))
}

fn content(number: usize) -> ContentId {
    ContentId(Uuid::from_u128(number as u128))
}

fn user(name: &str) -> UserId {
    UserId::new(name).expect("an id")
}

fn draft(slug: &str) -> ModuleDraft {
    ModuleDraft {
        slug: slug.parse().expect("a slug"),
        name: slug.to_owned(),
        description: String::new(),
        kind: ModuleKind::Practice,
        tags: BTreeSet::new(),
        reward: Points(0),
        pass_mark: Score::FULL,
        certificate_lasts: None,
    }
}

fn module(number: usize) -> Module {
    let slug = format!("m{number}");
    let made = Module::decide_create(id(number), Some(user("ada")), draft(&slug));
    Module::begin(&made.expect("made")).expect("a module")
}

/// Every module of a catalogue and how they stand in each other.
fn tree(modules: &[Module]) -> Tree {
    let mut tree = Tree::default();
    for module in modules {
        for child in &module.modules {
            tree.insert(module.id, *child);
        }
    }
    tree
}

fn with(mut modules: Vec<Module>, parent: usize, child: usize) -> Result<Vec<Module>, Refusal> {
    let event = modules[parent].decide_place_module(&modules[child], None, &tree(&modules))?;
    modules[parent] = modules[parent].clone().apply(&event);
    Ok(modules)
}

#[test]
fn no_module_stands_in_itself_however_far_around() {
    let modules: Vec<_> = (0..3).map(module).collect();
    let refused = with(modules.clone(), 0, 0).expect_err("itself");
    assert_eq!(refused.code(), "invalid");
    let modules = with(with(modules, 0, 1).expect("placed"), 1, 2).expect("placed");
    for (parent, child) in [(2, 0), (1, 0), (2, 1)] {
        let refused = with(modules.clone(), parent, child).expect_err("a circle");
        assert_eq!(refused.code(), "invalid");
    }
    // A module may stand in several.
    let modules = with(modules, 0, 2).expect("placed");
    assert_eq!(tree(&modules).depth(), Some(3));
}

#[test]
fn modules_stand_ten_deep_and_no_deeper() {
    let mut modules: Vec<_> = (0..12).map(module).collect();
    for level in 0..9 {
        modules = with(modules, level, level + 1).expect("placed");
    }
    assert_eq!(tree(&modules).depth(), Some(Tree::MAX_DEPTH));
    assert_eq!(
        with(modules.clone(), 9, 10).expect_err("too deep").code(),
        "invalid"
    );
    assert_eq!(
        with(modules, 11, 0).expect_err("too deep").code(),
        "invalid"
    );
}

#[test]
fn what_is_placed_again_is_moved() {
    let mut module = module(0);
    for (number, position) in [(1, None), (2, None), (3, Some(0)), (2, Some(0)), (3, None)] {
        let event = module.decide_place_content(content(number), position);
        module = module.apply(&event.expect("placed"));
    }
    assert_eq!(module.contents, [2, 1, 3].map(content));
    let beyond = module.decide_place_content(content(1), Some(3));
    assert_eq!(beyond.expect_err("refused").code(), "invalid");
    let gone = module
        .clone()
        .apply(&module.decide_remove_content(content(1)).expect("taken"));
    assert_eq!(gone.contents, [2, 3].map(content));
    assert_eq!(
        gone.decide_remove_content(content(1))
            .expect_err("gone")
            .code(),
        "not_found"
    );
}

#[test]
fn a_retired_module_stays_as_it_is() {
    let alive = module(0);
    let at = Timestamp::UNIX_EPOCH;
    let retired = alive
        .clone()
        .apply(&alive.decide_retire(at).expect("retired"));
    let other = module(1);
    let refusals = [
        retired.decide_publish(),
        retired.decide_edit(draft("new")),
        retired.decide_share(Some(&user("ada")), BTreeSet::new()),
        retired.decide_place_module(&other, None, &Tree::default()),
        other.decide_place_module(&retired, None, &Tree::default()),
        retired.decide_place_content(content(1), None),
        retired.decide_retire(at),
    ];
    for refusal in refusals {
        assert_eq!(refusal.expect_err("refused").code(), "wrong_state");
    }
}

#[test]
fn only_the_author_chooses_co_authors() {
    let module = module(0);
    let both = BTreeSet::from([user("bob"), user("cleo")]);
    let shared = module.decide_share(Some(&user("ada")), both.clone());
    let shared = module.apply(&shared.expect("shared"));
    assert!(shared.authors.has(&user("bob")));
    for by in [Some(&user("bob")), None] {
        let refused = shared.decide_share(by, both.clone()).expect_err("refused");
        assert_eq!(refused.code(), "not_allowed");
    }
    let oneself = shared.decide_share(Some(&user("ada")), BTreeSet::from([user("ada")]));
    assert_eq!(oneself.expect_err("refused").code(), "invalid");
}

#[test]
fn a_draft_names_every_rule_it_breaks() {
    let broken = ModuleDraft {
        name: String::new(),
        description: "d".repeat(20_001),
        kind: ModuleKind::Test,
        reward: Points(1_000_001),
        ..draft("broken")
    };
    let Err(Refusal::Invalid(problems)) = broken.check() else {
        panic!("refused");
    };
    let fields: Vec<_> = problems
        .iter()
        .map(|problem| problem.field.as_str())
        .collect();
    assert_eq!(fields, ["name", "description", "reward", "reward"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_order_of_commands_makes_a_circle_or_a_duplicate(
        commands in prop::collection::vec((0..8_usize, 0..8_usize, 0..4_u32, 0..8_u8), 0..60),
    ) {
        let mut modules: Vec<_> = (0..8).map(module).collect();
        for (parent, child, position, what) in commands {
            let (this, other) = (&modules[parent], &modules[child]);
            let event = match what {
                0 => this.decide_remove_module(other.id),
                1 => this.decide_place_content(content(child), Some(position)),
                2 => this.decide_remove_content(content(child)),
                3 if child == 0 => this.decide_retire(Timestamp::UNIX_EPOCH),
                _ => {
                    let position = (position > 0).then(|| position - 1);
                    this.decide_place_module(other, position, &tree(&modules))
                }
            };
            if let Ok(event) = event {
                modules[parent] = modules[parent].clone().apply(&event);
            }
            let depth = tree(&modules).depth();
            prop_assert!(depth.is_some_and(|depth| depth <= Tree::MAX_DEPTH));
            for module in &modules {
                let modules: BTreeSet<_> = module.modules.iter().collect();
                let contents: BTreeSet<_> = module.contents.iter().collect();
                prop_assert_eq!(modules.len(), module.modules.len());
                prop_assert_eq!(contents.len(), module.contents.len());
            }
        }
    }
}
