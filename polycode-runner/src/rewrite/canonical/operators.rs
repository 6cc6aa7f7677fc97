//! What operators do to floating-point numbers.

use wasmparser::{BinaryReaderError, FunctionBody, Operator as Op};

/// What is computed with: numbers, or vectors of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    F32,
    F64,
    F32x4,
    F64x2,
}

/// What an operator does to the numbers that it takes and gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// It gives what it computes.
    Arithmetic(Number),
    /// It gives its first operand with another sign; of a second operand it looks at the sign.
    Sign(Number),
    /// It gives one of its first two operands, or lanes of both, if they are such vectors.
    Choice(&'static [Number]),
    /// It makes a vector of a number.
    Splat(Number),
    /// It gives a lane of such a vector.
    Extract(Number),
    /// It replaces a lane of such a vector.
    Replace(Number),
    /// It looks at no bits of a NaN, and gives none.
    Looks,
    /// The same, but what it gives may be any bits.
    Masks,
    /// It gives the value of a local variable.
    Get(u32),
    /// It changes the value of a local variable.
    Set(u32),
    /// The same, and it gives the value on.
    Tee(u32),
    /// Anything else: what it takes is seen, and what it gives came from elsewhere.
    Other,
}

/// Whether anything in a function computes floating-point numbers.
pub(in crate::rewrite) fn computes(body: &FunctionBody<'_>) -> Result<bool, BinaryReaderError> {
    for operator in body.get_operators_reader()? {
        if matches!(Effect::of(&operator?), Effect::Arithmetic(_)) {
            return Ok(true);
        }
    }
    Ok(false)
}

impl Number {
    /// The number in each lane.
    pub(super) const fn lane(self) -> Self {
        match self {
            Self::F32 | Self::F32x4 => Self::F32,
            Self::F64 | Self::F64x2 => Self::F64,
        }
    }
}

impl Effect {
    #[rustfmt::skip]
    pub(super) fn of(operator: &Op<'_>) -> Self {
        match operator {
            Op::F32Ceil | Op::F32Floor | Op::F32Trunc | Op::F32Nearest | Op::F32Sqrt | Op::F32Add | Op::F32Sub
            | Op::F32Mul | Op::F32Div | Op::F32Min | Op::F32Max | Op::F32DemoteF64 => Self::Arithmetic(Number::F32),
            Op::F64Ceil | Op::F64Floor | Op::F64Trunc | Op::F64Nearest | Op::F64Sqrt | Op::F64Add | Op::F64Sub
            | Op::F64Mul | Op::F64Div | Op::F64Min | Op::F64Max | Op::F64PromoteF32 => Self::Arithmetic(Number::F64),
            Op::F32x4Ceil | Op::F32x4Floor | Op::F32x4Trunc | Op::F32x4Nearest | Op::F32x4Sqrt | Op::F32x4Add
            | Op::F32x4Sub | Op::F32x4Mul | Op::F32x4Div | Op::F32x4Min | Op::F32x4Max | Op::F32x4DemoteF64x2Zero
            | Op::F32x4RelaxedMadd | Op::F32x4RelaxedNmadd | Op::F32x4RelaxedMin | Op::F32x4RelaxedMax => {
                Self::Arithmetic(Number::F32x4)
            }
            Op::F64x2Ceil | Op::F64x2Floor | Op::F64x2Trunc | Op::F64x2Nearest | Op::F64x2Sqrt | Op::F64x2Add
            | Op::F64x2Sub | Op::F64x2Mul | Op::F64x2Div | Op::F64x2Min | Op::F64x2Max | Op::F64x2PromoteLowF32x4
            | Op::F64x2RelaxedMadd | Op::F64x2RelaxedNmadd | Op::F64x2RelaxedMin | Op::F64x2RelaxedMax => {
                Self::Arithmetic(Number::F64x2)
            }
            Op::F32Neg | Op::F32Abs | Op::F32Copysign => Self::Sign(Number::F32),
            Op::F64Neg | Op::F64Abs | Op::F64Copysign => Self::Sign(Number::F64),
            Op::F32x4Neg | Op::F32x4Abs => Self::Sign(Number::F32x4),
            Op::F64x2Neg | Op::F64x2Abs => Self::Sign(Number::F64x2),
            Op::Select | Op::TypedSelect { .. } => {
                Self::Choice(&[Number::F32, Number::F64, Number::F32x4, Number::F64x2])
            }
            Op::F32x4PMin | Op::F32x4PMax => Self::Choice(&[Number::F32x4]),
            Op::F64x2PMin | Op::F64x2PMax => Self::Choice(&[Number::F64x2]),
            Op::I8x16Shuffle { lanes } if is_of_lanes::<8>(lanes) => Self::Choice(&[Number::F32x4, Number::F64x2]),
            Op::I8x16Shuffle { lanes } if is_of_lanes::<4>(lanes) => Self::Choice(&[Number::F32x4]),
            Op::F32x4Splat => Self::Splat(Number::F32x4),
            Op::F64x2Splat => Self::Splat(Number::F64x2),
            Op::F32x4ExtractLane { .. } => Self::Extract(Number::F32x4),
            Op::F64x2ExtractLane { .. } => Self::Extract(Number::F64x2),
            Op::F32x4ReplaceLane { .. } => Self::Replace(Number::F32x4),
            Op::F64x2ReplaceLane { .. } => Self::Replace(Number::F64x2),
            Op::F32Eq | Op::F32Ne | Op::F32Lt | Op::F32Gt | Op::F32Le | Op::F32Ge | Op::F64Eq | Op::F64Ne
            | Op::F64Lt | Op::F64Gt | Op::F64Le | Op::F64Ge | Op::I32TruncF32S | Op::I32TruncF32U | Op::I32TruncF64S
            | Op::I32TruncF64U | Op::I64TruncF32S | Op::I64TruncF32U | Op::I64TruncF64S | Op::I64TruncF64U
            | Op::I32TruncSatF32S | Op::I32TruncSatF32U | Op::I32TruncSatF64S | Op::I32TruncSatF64U
            | Op::I64TruncSatF32S | Op::I64TruncSatF32U | Op::I64TruncSatF64S | Op::I64TruncSatF64U
            | Op::F32ConvertI32S | Op::F32ConvertI32U | Op::F32ConvertI64S | Op::F32ConvertI64U | Op::F64ConvertI32S
            | Op::F64ConvertI32U | Op::F64ConvertI64S | Op::F64ConvertI64U | Op::Drop => Self::Looks,
            Op::F32x4Eq | Op::F32x4Ne | Op::F32x4Lt | Op::F32x4Gt | Op::F32x4Le | Op::F32x4Ge | Op::F64x2Eq
            | Op::F64x2Ne | Op::F64x2Lt | Op::F64x2Gt | Op::F64x2Le | Op::F64x2Ge | Op::I32x4TruncSatF32x4S
            | Op::I32x4TruncSatF32x4U | Op::I32x4TruncSatF64x2SZero | Op::I32x4TruncSatF64x2UZero => Self::Masks,
            Op::F32Const { value } if !f32::from_bits(value.bits()).is_nan() => Self::Looks,
            Op::F64Const { value } if !f64::from_bits(value.bits()).is_nan() => Self::Looks,
            Op::V128Const { value } if has_no_nan(*value.bytes()) => Self::Looks,
            Op::LocalGet { local_index } => Self::Get(*local_index),
            Op::LocalSet { local_index } => Self::Set(*local_index),
            Op::LocalTee { local_index } => Self::Tee(*local_index),
            _ => Self::Other,
        }
    }
}

/// Whether a shuffle moves whole lanes of so many bytes.
fn is_of_lanes<const BYTES: usize>(bytes: &[u8; 16]) -> bool {
    let (lanes, _) = bytes.as_chunks::<BYTES>();
    lanes.iter().all(|lane| {
        lane.first()
            .is_some_and(|first| usize::from(*first).is_multiple_of(BYTES))
            && lane.is_sorted_by(|byte, next| byte.checked_add(1) == Some(*next))
    })
}

/// Whether a vector is free of NaNs, in lanes of either size: the upper half of one of 64 bits is one of 32, too.
fn has_no_nan(bytes: [u8; 16]) -> bool {
    let (lanes, _) = bytes.as_chunks::<4>();
    lanes.iter().all(|lane| !f32::from_le_bytes(*lane).is_nan())
}
