//! The virtual clock.

use super::*;

/// What the monotonic clock says at a run's start: the hour since the snapshot.
const MONOTONIC_START: u64 = 3_600_000_000_000;

#[test]
fn time_passes_with_fuel_only() {
    let mut program = Program::new();
    let time = |program: &mut Program, clock| {
        program
            .call(|call| call.clock_time_get(clock, 0, RESULT))
            .unwrap();
        program.load_u64(RESULT)
    };
    assert_eq!(time(&mut program, 0), RUN_EPOCH);
    program.fuel -= 3_000;
    assert_eq!(time(&mut program, 1), MONOTONIC_START + 3_000_000);
    assert_eq!(time(&mut program, 2), 3_000_000);
    let unknown = program.call(|call| call.clock_time_get(9, 0, RESULT));
    assert_eq!(unknown, errno(Errno::INVAL));
}

/// A subscription to a clock, at a place of the list.
fn timer(program: &mut Program, index: u32, timeout: u64, flags: u16) {
    let at = LIST + index * 48;
    program.put(at, &[0; 48]);
    program.put(at, &u64::from(index + 7).to_le_bytes());
    program.put(at + 16, &1_u32.to_le_bytes());
    program.put(at + 24, &timeout.to_le_bytes());
    program.put(at + 40, &flags.to_le_bytes());
}

#[test]
fn waiting_advances_the_clock_to_the_first_timer() {
    let mut program = Program::new();
    timer(&mut program, 0, 5_000_000, 0);
    timer(&mut program, 1, MONOTONIC_START + 2_000_000, 1);
    program
        .call(|call| call.poll_oneoff(LIST, BUFFER, 2, RESULT))
        .unwrap();
    assert_eq!(program.load(RESULT), 1);
    assert_eq!(program.load_u64(BUFFER), 8);
    let used = 10 * MILLION - program.fuel;
    assert!((2_000..2_400).contains(&used), "{used}");
    timer(&mut program, 0, 1, 1);
    let before = program.fuel;
    program
        .call(|call| call.poll_oneoff(LIST, BUFFER, 1, RESULT))
        .unwrap();
    assert!(
        before - program.fuel < 200,
        "a time that has passed is not waited for"
    );
}

#[test]
fn waiting_for_a_descriptor_takes_no_time() {
    let mut program = Program::new();
    timer(&mut program, 0, u64::MAX, 0);
    program.put(LIST + 48, &[0; 96]);
    program.put(LIST + 48 + 8, &[1]);
    program.put(LIST + 96 + 8, &[2]);
    program.put(LIST + 96 + 16, &77_u32.to_le_bytes());
    program
        .call(|call| call.poll_oneoff(LIST, BUFFER, 3, RESULT))
        .unwrap();
    assert_eq!(program.load(RESULT), 2);
    assert_eq!(program.load_u64(BUFFER + 16), 9, "bytes of standard input");
    assert_eq!(
        program.memory[BUFFER as usize + 32 + 8],
        8,
        "no such descriptor"
    );
    assert!(10 * MILLION - program.fuel < 1_000);
}

#[test]
fn waiting_longer_than_the_fuel_ends_the_program() {
    let mut program = Program::new();
    timer(&mut program, 0, u64::MAX, 0);
    let ended = program.call(|call| call.poll_oneoff(LIST, BUFFER, 1, RESULT));
    assert_eq!((ended, program.fuel), (Err(Stop::End(Ended::Time)), 0));
    let mut program = Program::new();
    for count in [0, 1_025, u32::MAX] {
        let refused = program.call(|call| call.poll_oneoff(LIST, BUFFER, count, RESULT));
        assert_eq!(refused, errno(Errno::INVAL));
    }
}
