//! How a text is told to a runtime that waits for one.

use serde::Deserialize;
use wasmtime::{Instance, Store, TypedFunc, WasmParams, WasmResults};

use crate::machine::{Guest, RunError};
use crate::wasi::Ended;

/// The exports by which a runtime is told a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Telling {
    /// `host_alloc` makes room for the text, `turn` takes it and returns 0 when all went well.
    Turn,
    /// Those of Ruby's own interface, by the canonical ABI of early interface types: the text is
    /// evaluated, and ends with a byte of zero, as do the arguments of the interpreter.
    Ruby,
    /// Those of the build of Perl: the text is evaluated, and ends with a byte of zero. It ends by an
    /// exit, after which the interpreter is told to do what a program wants done at its end.
    Perl,
}

const RUBY_INIT: &str = "ruby-init: func(args: list<string>) -> ()";
const RUBY_EVAL: &str =
    "rb-eval-string-protect: func(str: string) -> tuple<handle<rb-abi-value>, s32>";
/// Arguments of the interpreter: its name, UTF-8 for all that it reads, and a program that is
/// empty.
const RUBY_ARGUMENTS: [&[u8]; 3] = [b"ruby\0", b"-EUTF-8:UTF-8\0", b"-e_=0\0"];

const PERL_INIT: &str = "zeroperl_init_with_args";
const PERL_EVAL: &str = "zeroperl_eval";
/// Arguments of the interpreter: its name, and a program that is empty.
const PERL_ARGUMENTS: [&[u8]; 2] = [b"perl\0", b"/dev/stdin\0"];
/// What is told after a program, whether it exited by itself or by the harness.
const PERL_FINISH: &str = "Polycode::finish()";
/// The context of what is evaluated: one value.
const PERL_SCALAR: u32 = 1;

/// A text in a list: its place and its length.
const TEXT_BYTES: u32 = 8;

/// A place in a list.
const PLACE_BYTES: u32 = 4;

/// Why a call did not return.
#[derive(Debug)]
pub(crate) enum CallError {
    /// The runtime lacks an export, which is our failure.
    Broken(RunError),
    /// The program ended in it.
    Ended(wasmtime::Error),
}

impl Telling {
    /// Starts the interpreter, where that is a step of its own.
    pub(crate) async fn begin(
        self,
        store: &mut Store<Guest>,
        instance: &Instance,
    ) -> Result<(), CallError> {
        match self {
            Self::Turn => Ok(()),
            Self::Ruby => {
                let init: TypedFunc<(u32, u32), ()> = export(store, instance, RUBY_INIT)?;
                let mut list = Vec::new();
                for argument in RUBY_ARGUMENTS {
                    let (at, len) = lay(store, instance, self, argument).await?;
                    list.extend([at, len].map(u32::to_le_bytes).concat());
                }
                let (at, bytes) = lay(store, instance, self, &list).await?;
                let texts = bytes / TEXT_BYTES;
                Ok(init.call_async(&mut *store, (at, texts)).await?)
            }
            Self::Perl => {
                let init: TypedFunc<(u32, u32), u32> = export(store, instance, PERL_INIT)?;
                let mut list = Vec::new();
                for argument in PERL_ARGUMENTS {
                    let (at, _) = lay(store, instance, self, argument).await?;
                    list.extend(at.to_le_bytes());
                }
                list.extend(0_u32.to_le_bytes());
                let (at, bytes) = lay(store, instance, self, &list).await?;
                let count = (bytes / PLACE_BYTES).saturating_sub(1);
                match init.call_async(&mut *store, (count, at)).await? {
                    0 => Ok(()),
                    code => Err(wasmtime::Error::msg(format!("it began with code {code}")).into()),
                }
            }
        }
    }

    /// Asks for room in the memory; where it is.
    async fn allocate(
        self,
        store: &mut Store<Guest>,
        instance: &Instance,
        bytes: u32,
    ) -> Result<u32, CallError> {
        const ALIGNMENT: u32 = 4;
        let name = self.allocator();
        Ok(match self {
            Self::Turn | Self::Perl => {
                let allocate: TypedFunc<u32, u32> = export(store, instance, name)?;
                allocate.call_async(&mut *store, bytes).await?
            }
            Self::Ruby => {
                let allocate: TypedFunc<(u32, u32, u32, u32), u32> = export(store, instance, name)?;
                let wanted = (0, 0, ALIGNMENT, bytes);
                allocate.call_async(&mut *store, wanted).await?
            }
        })
    }

    const fn allocator(self) -> &'static str {
        match self {
            Self::Turn => "host_alloc",
            Self::Ruby => "cabi_realloc",
            Self::Perl => "malloc",
        }
    }

    /// Tells a text; 0 when all went well.
    pub(crate) async fn tell(
        self,
        store: &mut Store<Guest>,
        instance: &Instance,
        text: &str,
    ) -> Result<i32, CallError> {
        match self {
            Self::Turn => {
                let turn: TypedFunc<(u32, u32), i32> = export(store, instance, "turn")?;
                let place = lay(store, instance, self, text.as_bytes()).await?;
                Ok(turn.call_async(&mut *store, place).await?)
            }
            Self::Ruby => {
                let eval: TypedFunc<(u32, u32), u32> = export(store, instance, RUBY_EVAL)?;
                let place = lay(store, instance, self, format!("{text}\0").as_bytes()).await?;
                let result = eval.call_async(&mut *store, place).await?;
                Ok(state(store, instance, result)?)
            }
            Self::Perl => {
                let eval: TypedFunc<(u32, u32, u32, u32), i32> =
                    export(store, instance, PERL_EVAL)?;
                let (at, _) = lay(store, instance, self, format!("{text}\0").as_bytes()).await?;
                let told = (at, PERL_SCALAR, 0, 0);
                Ok(eval.call_async(&mut *store, told).await?)
            }
        }
    }

    /// Ends what a text has begun, where that is a step of its own; what came of telling it, or of
    /// this step.
    pub(crate) async fn end(
        self,
        store: &mut Store<Guest>,
        instance: &Instance,
        told: Result<i32, CallError>,
    ) -> Result<i32, CallError> {
        match self {
            Self::Perl if told.as_ref().err().is_none_or(CallError::is_exit) => {
                // It exits, too. Where it does not, what was before stands.
                self.tell(store, instance, PERL_FINISH).await?;
                told
            }
            Self::Turn | Self::Ruby | Self::Perl => told,
        }
    }
}

impl CallError {
    fn is_exit(&self) -> bool {
        match self {
            Self::Broken(_) => false,
            Self::Ended(error) => matches!(error.downcast_ref(), Some(Ended::Exit(_))),
        }
    }
}

impl From<RunError> for CallError {
    fn from(error: RunError) -> Self {
        Self::Broken(error)
    }
}

impl From<wasmtime::Error> for CallError {
    fn from(error: wasmtime::Error) -> Self {
        Self::Ended(error)
    }
}

impl From<CallError> for wasmtime::Error {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Broken(error) => Self::new(error),
            CallError::Ended(error) => error,
        }
    }
}

/// Lays bytes into the memory of a runtime; where, and how many they are.
async fn lay(
    store: &mut Store<Guest>,
    instance: &Instance,
    by: Telling,
    bytes: &[u8],
) -> Result<(u32, u32), CallError> {
    let len = u32::try_from(bytes.len()).map_err(|_| RunError::Runtime(by.allocator()))?;
    let at = by.allocate(store, instance, len).await?;
    let memory = instance.get_memory(&mut *store, "memory");
    let memory = memory.ok_or(RunError::Runtime("memory"))?;
    let broken = || RunError::Runtime(by.allocator());
    let place = usize::try_from(at).map_err(|_| broken())?;
    memory
        .write(&mut *store, place, bytes)
        .map_err(|_| broken())?;
    Ok((at, len))
}

/// The second part of what Ruby's evaluation returns: 0 when nothing was raised.
fn state(store: &mut Store<Guest>, instance: &Instance, result: u32) -> Result<i32, RunError> {
    let memory = instance.get_memory(&mut *store, "memory");
    let memory = memory.ok_or(RunError::Runtime("memory"))?;
    let place = usize::try_from(result).map_err(|_| RunError::Runtime(RUBY_EVAL))?;
    let mut state = [0; 4];
    memory
        .read(&*store, place.saturating_add(4), &mut state)
        .map_err(|_| RunError::Runtime(RUBY_EVAL))?;
    Ok(i32::from_le_bytes(state))
}

fn export<P: WasmParams, R: WasmResults>(
    store: &mut Store<Guest>,
    instance: &Instance,
    name: &'static str,
) -> Result<TypedFunc<P, R>, RunError> {
    instance
        .get_typed_func(&mut *store, name)
        .map_err(|_| RunError::Runtime(name))
}
