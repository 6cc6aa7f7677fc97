//! Short loops with their turns written out.
//!
//! A run looks at its fuel at the head of each loop, where it may call the host, so that little stays in the
//! processor's registers from one turn to the next: in a loop of few operations that takes longer than what it
//! does. A loop that contains no other, and calls nothing, is written out several times within itself: one turn goes on
//! with the next, and only the last with the head. It does what it did, and takes the same fuel, but for a unit when it
//! ends at its end.

#[cfg(test)]
mod tests;

use wasm_encoder::{BlockType, InstructionSink};
use wasmparser::{BinaryReaderError, FunctionBody, Operator as Op};

use crate::rewrite::part;

/// The most turns that there are for one look at the fuel.
const TURNS: usize = 8;

/// The most operators of a loop that is written out.
const OPERATORS: usize = 64;

/// The most operators of all its turns.
const OPERATORS_OF_TURNS: usize = 256;

/// How many bytes longer one function may become.
const OF_A_FUNCTION: usize = 16 << 10;

/// How many bytes longer the functions of a module may become: it was measured against a budget, as compiling it to
/// machine code takes the longer, the more there is.
#[derive(Debug)]
pub(in crate::rewrite) struct Room(usize);

impl Room {
    /// That of a module of so many bytes.
    pub(in crate::rewrite) const fn of(bytes: usize) -> Self {
        Self((bytes / 8).saturating_add(64 << 10))
    }

    /// Takes what the loops need that there is room for.
    fn take(&mut self, loops: &mut Vec<Loop>) {
        let mut of_function = OF_A_FUNCTION;
        loops.retain(|found| {
            let bytes = found.growth();
            let fits = bytes <= self.0 && bytes <= of_function;
            if fits {
                self.0 = self.0.saturating_sub(bytes);
                of_function = of_function.saturating_sub(bytes);
            }
            fits
        });
    }
}

/// The body of a function after the change; none if there is nothing to change, or no room.
pub(in crate::rewrite) fn function(
    body: &FunctionBody<'_>,
    room: &mut Room,
) -> Result<Option<Vec<u8>>, BinaryReaderError> {
    let mut loops = short_loops(body)?;
    room.take(&mut loops);
    if loops.is_empty() {
        return Ok(None);
    }
    let growth = loops.iter().map(Loop::growth).sum();
    let mut written = Vec::with_capacity(body.as_bytes().len().saturating_add(growth));
    let mut at = body.range().start;
    for found in loops {
        written.extend_from_slice(part(body, at, found.start));
        found.write_out(body, &mut written);
        at = found.end;
    }
    written.extend_from_slice(part(body, at, body.range().end));
    Ok(Some(written))
}

/// A loop, from behind its head to before its end.
#[derive(Debug)]
struct Loop {
    start: usize,
    end: usize,
    /// How many blocks it is in.
    depth: usize,
    operators: usize,
    branches: Vec<Branch>,
}

/// A branch in a loop.
#[derive(Debug)]
struct Branch {
    start: usize,
    end: usize,
    /// How many blocks it is in.
    depth: usize,
    to: To,
}

#[derive(Debug)]
enum To {
    Always(u32),
    If(u32),
    OneOf(Vec<u32>, u32),
}

/// A block that is open.
struct Open {
    /// Whether nothing in it stands against writing it out.
    is_plain: bool,
    head: Option<Head>,
}

/// Where the inside of a loop begins, and how many operators there were before.
struct Head {
    start: usize,
    operators: usize,
}

fn short_loops(body: &FunctionBody<'_>) -> Result<Vec<Loop>, BinaryReaderError> {
    let mut reader = body.get_operators_reader()?;
    let (mut open, mut branches, mut found) = (Vec::<Open>::new(), Vec::new(), Vec::new());
    let mut operators = 0_usize;
    while !reader.eof() {
        let (operator, start) = reader.read_with_offset()?;
        let end = reader.original_position();
        operators = operators.saturating_add(1);
        let mut branch = |to| {
            let depth = open.len();
            branches.push(Branch {
                start,
                end,
                depth,
                to,
            });
        };
        match operator {
            Op::Br { relative_depth } => branch(To::Always(relative_depth)),
            Op::BrIf { relative_depth } => branch(To::If(relative_depth)),
            Op::BrTable { targets } => {
                let others = targets.targets().collect::<Result<_, _>>()?;
                branch(To::OneOf(others, targets.default()));
            }
            Op::Block { .. } | Op::If { .. } | Op::TryTable { .. } => open.push(Open {
                is_plain: !matches!(operator, Op::TryTable { .. }),
                head: None,
            }),
            Op::Loop { blockty } => {
                // Branches that were before are of no loop that contains no other.
                branches.clear();
                open.push(Open {
                    is_plain: blockty == wasmparser::BlockType::Empty,
                    head: Some(Head {
                        start: end,
                        operators,
                    }),
                });
            }
            Op::End => {
                let Some(closed) = open.pop() else { continue };
                let is_plain = closed.is_plain && closed.head.is_none();
                if let Some(outer) = open.last_mut() {
                    outer.is_plain &= is_plain;
                }
                let depth = open.len();
                if let Some(head) = closed.head.filter(|_| closed.is_plain) {
                    let plain = Loop {
                        start: head.start,
                        end: start,
                        depth,
                        operators: operators.saturating_sub(head.operators),
                        branches: std::mem::take(&mut branches),
                    };
                    found.extend(Some(plain).filter(Loop::is_worth_it));
                }
            }
            _ if goes_elsewhere(&operator) => {
                if let Some(within) = open.last_mut() {
                    within.is_plain = false;
                }
            }
            _ => {}
        }
    }
    Ok(found)
}

/// Whether an operator calls something, or may take so long that a look at the fuel is nothing beside it.
const fn goes_elsewhere(operator: &Op<'_>) -> bool {
    matches!(
        operator,
        Op::Call { .. }
            | Op::CallIndirect { .. }
            | Op::CallRef { .. }
            | Op::ReturnCall { .. }
            | Op::ReturnCallIndirect { .. }
            | Op::ReturnCallRef { .. }
            | Op::Throw { .. }
            | Op::ThrowRef
            | Op::MemoryGrow { .. }
            | Op::MemoryCopy { .. }
            | Op::MemoryFill { .. }
            | Op::MemoryInit { .. }
            | Op::TableGrow { .. }
            | Op::TableCopy { .. }
            | Op::TableFill { .. }
            | Op::TableInit { .. }
    )
}

impl Loop {
    /// How many turns are written out.
    fn turns(&self) -> usize {
        let most = OPERATORS_OF_TURNS.checked_div(self.operators);
        most.unwrap_or(TURNS).min(TURNS)
    }

    /// How many bytes that makes at most, with those that are around a turn.
    fn growth(&self) -> usize {
        const AROUND: usize = 8;
        let bytes = self.end.saturating_sub(self.start).saturating_add(AROUND);
        bytes.saturating_mul(self.turns())
    }

    /// Whether it is short, and a branch goes on with the next turn.
    fn is_worth_it(&self) -> bool {
        let goes_round = self.branches.iter().any(|branch| {
            let own = branch.inside(self);
            match &branch.to {
                To::Always(label) | To::If(label) => *label == own,
                To::OneOf(labels, label) => *label == own || labels.contains(&own),
            }
        });
        goes_round && self.operators <= OPERATORS
    }

    /// Writes its inside with the turns one after the other. A block around all of them is where it ends; one
    /// around each turn but the last is where the next begins.
    fn write_out(&self, body: &FunctionBody<'_>, written: &mut Vec<u8>) {
        InstructionSink::new(written).block(BlockType::Empty);
        for _ in 1..self.turns() {
            InstructionSink::new(written).block(BlockType::Empty);
            // To go on with the next turn is to leave this one's block, which has taken the place of the loop.
            self.write_turn(body, written, |label, own| {
                label.saturating_add(if label > own { 2 } else { 0 })
            });
            InstructionSink::new(written).br(1).end();
        }
        self.write_turn(body, written, |label, own| {
            label.saturating_add(u32::from(label >= own))
        });
        InstructionSink::new(written).end();
    }

    /// Writes one turn, with labels as they are then; they are given with that of the loop there.
    fn write_turn(
        &self,
        body: &FunctionBody<'_>,
        written: &mut Vec<u8>,
        label: impl Fn(u32, u32) -> u32,
    ) {
        let mut at = self.start;
        for branch in &self.branches {
            written.extend_from_slice(part(body, at, branch.start));
            let own = branch.inside(self);
            let mut code = InstructionSink::new(written);
            match &branch.to {
                To::Always(to) => code.br(label(*to, own)),
                To::If(to) => code.br_if(label(*to, own)),
                To::OneOf(others, to) => {
                    let others = others.iter().map(|other| label(*other, own));
                    code.br_table(others.collect::<Vec<_>>(), label(*to, own))
                }
            };
            at = branch.end;
        }
        written.extend_from_slice(part(body, at, self.end));
    }
}

impl Branch {
    /// How many blocks of a loop it is in: the label of the loop there.
    fn inside(&self, of: &Loop) -> u32 {
        let blocks = self.depth.saturating_sub(of.depth).saturating_sub(1);
        u32::try_from(blocks).unwrap_or(u32::MAX)
    }
}
