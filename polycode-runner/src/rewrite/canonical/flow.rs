//! Where results of arithmetic go to in a function, and after which of its operators a NaN must be the canonical one.

use std::mem;

use super::operators::{Effect, Number};

/// An operator as far as the flow of numbers goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub(super) effect: Effect,
    /// How many operands it takes and gives, and how many there are after it.
    pub(super) takes: usize,
    pub(super) gives: usize,
    pub(super) height: usize,
}

/// What is known of an operand, or of a local variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Value {
    /// It is no NaN.
    Plain,
    /// It may be any NaN, unless it is made canonical after the step of this number.
    Computed(Number, usize),
    /// It came from elsewhere: its bits are to be kept.
    Moved,
}

/// What is written to a local variable: anything that was computed, as long as nothing is moved there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Local {
    Plain,
    Computed(Number),
    Moved,
}

/// Turns after which every local variable is taken for one that numbers are moved to. Programs need two or three.
const TURNS: usize = 8;

/// For each step, whether what it gives is seen, and has to be without any but canonical NaNs. The first local
/// variables are parameters.
pub(super) fn seen(steps: &[Step], locals: usize, parameters: usize) -> Vec<Option<Number>> {
    let mut flow = Flow {
        locals: vec![Local::Plain; locals],
        seen: Vec::new(),
        operands: Vec::new(),
        is_final: false,
    };
    let moved = flow.locals.iter_mut().take(parameters);
    moved.for_each(|local| *local = Local::Moved);
    for _ in 0..TURNS {
        flow.turn(steps);
        if flow.is_final {
            return flow.seen;
        }
    }
    flow.locals.fill(Local::Moved);
    flow.turn(steps);
    flow.seen
}

struct Flow {
    locals: Vec<Local>,
    seen: Vec<Option<Number>>,
    operands: Vec<Value>,
    /// Whether nothing was found in this turn that had to be known before it.
    is_final: bool,
}

impl Flow {
    /// Follows all steps, with what is known of local variables.
    fn turn(&mut self, steps: &[Step]) {
        self.is_final = true;
        self.operands.clear();
        self.seen.clear();
        self.seen.resize(steps.len(), None);
        for (number, step) in steps.iter().enumerate() {
            let mut operands = mem::take(&mut self.operands);
            let below = operands.len().saturating_sub(step.takes);
            let taken = operands.get(below..).unwrap_or_default();
            let given = self.given(number, step.effect, taken);
            // After a jump there may be fewer operands than are taken.
            operands.truncate(below);
            operands.resize(step.height.saturating_sub(step.gives), Value::Moved);
            operands.resize(step.height, given);
            self.operands = operands;
        }
    }

    fn given(&mut self, step: usize, effect: Effect, taken: &[Value]) -> Value {
        let [first, second] = [0, 1].map(|place| taken.get(place).copied().unwrap_or(Value::Plain));
        match effect {
            Effect::Arithmetic(number) => Value::Computed(number, step),
            Effect::Looks => Value::Plain,
            Effect::Masks => Value::Moved,
            Effect::Sign(number) => {
                self.see(second);
                self.of(step, number, &[(first, number)])
            }
            Effect::Choice(numbers) => {
                let number = first.number().or(second.number());
                let number = number.filter(|number| numbers.contains(number));
                match (number, first, second) {
                    (None, Value::Plain, Value::Plain) => Value::Plain,
                    (Some(number), ..) => {
                        self.of(step, number, &[(first, number), (second, number)])
                    }
                    (None, ..) => {
                        self.see(first);
                        self.see(second);
                        Value::Moved
                    }
                }
            }
            Effect::Extract(vector) => self.of(step, vector.lane(), &[(first, vector)]),
            Effect::Splat(vector) => {
                let given = self.of(step, vector, &[(first, vector.lane())]);
                given.but_for_halves()
            }
            Effect::Replace(vector) => {
                let taken = [(first, vector), (second, vector.lane())];
                self.of(step, vector, &taken).but_for_halves()
            }
            Effect::Get(local) => match self.local(local) {
                Local::Plain => Value::Plain,
                Local::Computed(number) => Value::Computed(number, step),
                Local::Moved => Value::Moved,
            },
            Effect::Set(local) | Effect::Tee(local) => {
                self.write(local, first);
                first
            }
            Effect::Other => {
                for value in taken {
                    self.see(*value);
                }
                Value::Moved
            }
        }
    }

    /// What a step gives that is made of such numbers and can be made canonical after it as well as before.
    fn of(&mut self, step: usize, number: Number, taken: &[(Value, Number)]) -> Value {
        let fits = |(value, expected): &(Value, Number)| match value {
            Value::Plain => true,
            Value::Computed(number, _) => number == expected,
            Value::Moved => false,
        };
        if !taken.iter().all(fits) {
            for (value, _) in taken {
                self.see(*value);
            }
            return Value::Moved;
        }
        if taken.iter().all(|(value, _)| *value == Value::Plain) {
            Value::Plain
        } else {
            Value::Computed(number, step)
        }
    }

    fn local(&self, local: u32) -> Local {
        let known = usize::try_from(local)
            .ok()
            .and_then(|local| self.locals.get(local));
        known.copied().unwrap_or(Local::Moved)
    }

    fn write(&mut self, local: u32, value: Value) {
        let before = self.local(local);
        let after = match (before, value) {
            (before, Value::Plain) => before,
            (Local::Plain, Value::Computed(number, _)) => Local::Computed(number),
            (Local::Computed(one), Value::Computed(other, _)) if one == other => before,
            _ => Local::Moved,
        };
        if after == Local::Moved {
            self.see(value);
        }
        if after != before
            && let Some(known) = usize::try_from(local)
                .ok()
                .and_then(|local| self.locals.get_mut(local))
        {
            *known = after;
            self.is_final = false;
        }
    }

    fn see(&mut self, value: Value) {
        if let Value::Computed(number, step) = value
            && let Some(seen) = self.seen.get_mut(step)
        {
            *seen = Some(number);
        }
    }
}

impl Value {
    const fn number(self) -> Option<Number> {
        match self {
            Self::Computed(number, _) => Some(number),
            Self::Plain | Self::Moved => None,
        }
    }

    /// The same of a vector with lanes of 64 bits that is known to be plain: the halves of a lane may be no numbers.
    const fn but_for_halves(self) -> Self {
        match self {
            Self::Plain => Self::Moved,
            Self::Computed(..) | Self::Moved => self,
        }
    }
}
