//! What operators do to floating-point numbers.

use wasmparser::{BinaryReaderError, FunctionBody, Operator};

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
pub(super) fn computes(body: &FunctionBody<'_>) -> Result<bool, BinaryReaderError> {
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
    pub(super) fn of(operator: &Operator<'_>) -> Self {
        use Operator::*;
        match operator {
            F32Ceil | F32Floor | F32Trunc | F32Nearest | F32Sqrt | F32Add | F32Sub | F32Mul | F32Div
            | F32Min | F32Max | F32DemoteF64 => Self::Arithmetic(Number::F32),
            F64Ceil | F64Floor | F64Trunc | F64Nearest | F64Sqrt | F64Add | F64Sub | F64Mul | F64Div
            | F64Min | F64Max | F64PromoteF32 => Self::Arithmetic(Number::F64),
            F32x4Ceil | F32x4Floor | F32x4Trunc | F32x4Nearest | F32x4Sqrt | F32x4Add | F32x4Sub
            | F32x4Mul | F32x4Div | F32x4Min | F32x4Max | F32x4DemoteF64x2Zero | F32x4RelaxedMadd
            | F32x4RelaxedNmadd | F32x4RelaxedMin | F32x4RelaxedMax => Self::Arithmetic(Number::F32x4),
            F64x2Ceil | F64x2Floor | F64x2Trunc | F64x2Nearest | F64x2Sqrt | F64x2Add | F64x2Sub
            | F64x2Mul | F64x2Div | F64x2Min | F64x2Max | F64x2PromoteLowF32x4 | F64x2RelaxedMadd
            | F64x2RelaxedNmadd | F64x2RelaxedMin | F64x2RelaxedMax => Self::Arithmetic(Number::F64x2),
            F32Neg | F32Abs | F32Copysign => Self::Sign(Number::F32),
            F64Neg | F64Abs | F64Copysign => Self::Sign(Number::F64),
            F32x4Neg | F32x4Abs => Self::Sign(Number::F32x4),
            F64x2Neg | F64x2Abs => Self::Sign(Number::F64x2),
            Select | TypedSelect { .. } => {
                Self::Choice(&[Number::F32, Number::F64, Number::F32x4, Number::F64x2])
            }
            F32x4PMin | F32x4PMax => Self::Choice(&[Number::F32x4]),
            F64x2PMin | F64x2PMax => Self::Choice(&[Number::F64x2]),
            I8x16Shuffle { lanes } if is_of_lanes::<8>(lanes) => Self::Choice(&[Number::F32x4, Number::F64x2]),
            I8x16Shuffle { lanes } if is_of_lanes::<4>(lanes) => Self::Choice(&[Number::F32x4]),
            F32x4Splat => Self::Splat(Number::F32x4),
            F64x2Splat => Self::Splat(Number::F64x2),
            F32x4ExtractLane { .. } => Self::Extract(Number::F32x4),
            F64x2ExtractLane { .. } => Self::Extract(Number::F64x2),
            F32x4ReplaceLane { .. } => Self::Replace(Number::F32x4),
            F64x2ReplaceLane { .. } => Self::Replace(Number::F64x2),
            F32Eq | F32Ne | F32Lt | F32Gt | F32Le | F32Ge | F64Eq | F64Ne | F64Lt | F64Gt | F64Le | F64Ge
            | I32TruncF32S | I32TruncF32U | I32TruncF64S | I32TruncF64U | I64TruncF32S | I64TruncF32U
            | I64TruncF64S | I64TruncF64U | I32TruncSatF32S | I32TruncSatF32U | I32TruncSatF64S
            | I32TruncSatF64U | I64TruncSatF32S | I64TruncSatF32U | I64TruncSatF64S | I64TruncSatF64U
            | F32ConvertI32S | F32ConvertI32U | F32ConvertI64S | F32ConvertI64U | F64ConvertI32S
            | F64ConvertI32U | F64ConvertI64S | F64ConvertI64U | Drop => Self::Looks,
            F32x4Eq | F32x4Ne | F32x4Lt | F32x4Gt | F32x4Le | F32x4Ge | F64x2Eq | F64x2Ne | F64x2Lt
            | F64x2Gt | F64x2Le | F64x2Ge | I32x4TruncSatF32x4S | I32x4TruncSatF32x4U
            | I32x4TruncSatF64x2SZero | I32x4TruncSatF64x2UZero => Self::Masks,
            F32Const { value } if !f32::from_bits(value.bits()).is_nan() => Self::Looks,
            F64Const { value } if !f64::from_bits(value.bits()).is_nan() => Self::Looks,
            V128Const { value } if has_no_nan(*value.bytes()) => Self::Looks,
            LocalGet { local_index } => Self::Get(*local_index),
            LocalSet { local_index } => Self::Set(*local_index),
            LocalTee { local_index } => Self::Tee(*local_index),
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
