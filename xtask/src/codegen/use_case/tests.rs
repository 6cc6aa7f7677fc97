use super::*;

fn read(text: &str) -> Result<Vec<UseCase>> {
    let mut use_cases = Vec::new();
    source::read(text, &mut use_cases)?;
    Ok(use_cases)
}

fn only(text: &str) -> UseCase {
    let [use_case] = read(text).unwrap().try_into().unwrap();
    use_case
}

#[test]
fn given_a_method_when_it_is_read_then_its_names_are_those_of_the_faces() {
    let test = only(
        "impl Engine {
            /// AS-2, AS-3: changes a [`Test`]; see [`tick`](super::Engine::tick).
            ///
            /// # Errors
            /// [`Refusal::TimeUp`] when it is late.
            pub async fn edit_test(
                &self, actor: &Actor, id: TestId, read: Version, tag: Option<&Tag>, csv: &[u8],
            ) -> Result<Page<Versioned<Test>>, EngineError> {}
        }",
    );
    assert_eq!(test.doc, "Changes a `Test`; see `tick`.");
    assert_eq!(test.errors, "code `time_up` when it is late.");
    assert!(test.is_acting);
    let told: Vec<_> = test
        .arguments
        .iter()
        .map(|argument| (argument.name.as_str(), argument.passing, argument.default))
        .collect();
    assert_eq!(
        told,
        [
            ("test", Passing::Owned, None),
            ("version", Passing::Owned, None),
            ("tag", Passing::Optional, Some("null")),
            ("csv", Passing::Bytes, None),
        ]
    );
    let kind = Type::Named("VersionedTestPage".to_owned());
    let nullable = false;
    assert_eq!(test.result, Some(Wanted { kind, nullable }));
}

#[test]
fn given_a_name_that_two_types_have_when_it_is_imported_then_the_import_says_which() {
    let grade = |import: &str| {
        let method = "impl Engine { pub async fn g(&self) -> Result<Grade, EngineError> {} }";
        only(&format!("use crate::{import}::{{Grade}};\n{method}")).result
    };
    let named = |name: &str| {
        let kind = Type::Named(name.to_owned());
        let nullable = false;
        Some(Wanted { kind, nullable })
    };
    assert_eq!(grade("judging"), named("Grade"));
    assert_eq!(grade("assessment::attempt"), named("TestGrade"));
}

#[test]
fn given_what_the_faces_can_not_call_when_it_is_public_then_it_is_refused() {
    let refused = |method: &str| {
        let read = read(&format!("impl Engine {{ {method} }}"));
        read.unwrap_err().root_cause().to_string()
    };
    let waiting = refused("pub fn sum(&self) -> Result<u32, EngineError> {}");
    assert!(waiting.contains("not async"), "{waiting}");
    let odd = refused("pub async fn sum(&self, of: fn(u32)) -> Result<u32, EngineError> {}");
    assert!(odd.contains("a new form"), "{odd}");
    let private = read("impl Engine { async fn sum(&self) {} } impl Other { pub fn sum() {} }");
    assert_eq!(private.unwrap(), []);
}

#[test]
fn given_a_type_without_a_schema_when_a_use_case_takes_it_then_the_type_is_named() {
    let models = Models::new();
    let use_case = only("impl Engine { pub async fn a(&self, b: Bee) -> Result<(), E> {} }");
    let told = check(&models, &use_case).unwrap_err().to_string();
    assert!(told.contains("no schema of `Bee`"), "{told}");
}
