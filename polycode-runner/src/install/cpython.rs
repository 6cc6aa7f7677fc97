//! What the host does in the memory of `CPython` before it is kept.

/// Moves the bound that `CPython` keeps to on its own stack.
///
/// `CPython` has no function for it, so its record is looked for: the top of the stack, and below
/// it, one after the other in memory, the soft and the hard bound, at the distances that
/// `Py_C_STACK_SIZE` and `_PyOS_STACK_MARGIN` of its `pycore_pythonrun.h` make. There must be
/// exactly one such record.
pub(super) fn move_stack_bound(memory: &mut [u8], bytes: u32) -> wasmtime::Result<()> {
    const SOFT: u32 = (128 << 10) - 2 * MARGIN;
    const MARGIN: u32 = 8 << 10;
    let words = |bytes: &[u8]| {
        let mut words = bytes
            .chunks_exact(4)
            .map(|word| word.try_into().map(u32::from_le_bytes));
        Some([
            words.next()?.ok()?,
            words.next()?.ok()?,
            words.next()?.ok()?,
        ])
    };
    let is_record = |at: &usize| {
        memory
            .get(*at..at + 12)
            .and_then(words)
            .is_some_and(|[top, soft, hard]| {
                top.checked_sub(soft) == Some(SOFT) && soft.checked_sub(hard) == Some(MARGIN)
            })
    };
    let mut found = (0..memory.len()).step_by(4).filter(is_record);
    let (Some(at), None) = (found.next(), found.next()) else {
        wasmtime::bail!("the bound of the interpreter's stack was not found");
    };
    let record = memory.get_mut(at..at + 12).unwrap_or_default();
    let Some([top, ..]) = words(record) else {
        return Ok(());
    };
    let soft = top.saturating_sub(bytes);
    let bounds = [
        soft.to_le_bytes(),
        soft.saturating_sub(MARGIN).to_le_bytes(),
    ]
    .concat();
    for (to, from) in record.iter_mut().skip(4).zip(bounds) {
        *to = from;
    }
    Ok(())
}

/// Makes objects immortal ([PEP 683](https://peps.python.org/pep-0683/)): references to them are not
/// counted any more, so that no run writes to their pages only to use them. Their places are numbers
/// of 32 bits. Whoever names them must keep them alive: the host can't tell an object from the memory
/// of one that is gone.
pub(super) fn make_immortal(memory: &mut [u8], objects: &[u8]) -> wasmtime::Result<()> {
    /// `_Py_IMMORTAL_INITIAL_REFCNT` where a pointer has 32 bits, in `CPython`'s `refcount.h`.
    const IMMORTAL: u32 = 5 << 28;
    let (objects, []) = objects.as_chunks() else {
        wasmtime::bail!("the places of its objects are not whole");
    };
    for object in objects {
        let at = u32::from_le_bytes(*object) as usize;
        let count = memory.get_mut(at..).and_then(<[u8]>::first_chunk_mut);
        let Some(count) = count else {
            wasmtime::bail!("an object is behind the end of the memory");
        };
        if u32::from_le_bytes(*count) < IMMORTAL {
            *count = IMMORTAL.to_le_bytes();
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_of_a_stack_is_found_and_moved() {
        let mut memory = vec![0xAB_u8; 64];
        assert!(move_stack_bound(&mut memory, 1 << 20).is_err());
        let top = 16_u32 << 20;
        for (at, value) in [(8, top), (12, top - (112 << 10)), (16, top - (120 << 10))] {
            memory[at..at + 4].copy_from_slice(&value.to_le_bytes());
        }
        let before = memory.clone();
        move_stack_bound(&mut memory, 1 << 20).unwrap();
        let word = |at: usize| u32::from_le_bytes(memory[at..at + 4].try_into().unwrap());
        assert_eq!(
            [word(8), word(12), word(16)],
            [top, top - (1 << 20), top - (1032 << 10)]
        );
        assert_eq!(
            (&memory[..12], &memory[20..]),
            (&before[..12], &before[20..])
        );
    }

    #[test]
    fn what_is_named_is_made_immortal_and_what_is_immortal_stays_as_it_is() {
        let counts = [7_u32, 3, 7 << 28, 3];
        let mut memory = counts.map(u32::to_le_bytes).concat();
        make_immortal(&mut memory, &[4, 0, 0, 0, 8, 0, 0, 0]).unwrap();
        let after = [7_u32, 5 << 28, 7 << 28, 3];
        assert_eq!(memory, after.map(u32::to_le_bytes).concat());
    }

    #[test]
    fn objects_that_can_not_be_there_are_refused() {
        let mut memory = [1; 16];
        for objects in [&[13, 0, 0, 0][..], &[16, 0, 0, 0], &[255; 4], &[0, 0, 0]] {
            assert!(make_immortal(&mut memory, objects).is_err(), "{objects:?}");
        }
        assert_eq!(memory, [1; 16]);
    }
}
