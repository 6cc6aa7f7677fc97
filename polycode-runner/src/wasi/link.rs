//! The functions as programs import them.

use wasmtime::{Caller, Extern, Linker};

use crate::machine::Guest;
use crate::wasi::errno::Stop;
use crate::wasi::memory::GuestMemory;
use crate::wasi::{Answer, Call, MODULE};

macro_rules! functions {
    ($linker:ident; $($name:ident($($arg:ident: $type:ty),*) => $method:ident($($given:ident),*);)*) => {$(
        $linker.func_wrap(
            MODULE,
            stringify!($name),
            |caller: Caller<'_, Guest>, $($arg: $type),*| {
                $(let _ = $arg;)*
                enter(caller, |call| call.$method($($given),*))
            },
        )?;
    )*};
}

/// Links all the functions of `wasi_snapshot_preview1`.
///
/// # Errors
/// When one of that name is linked already.
pub fn add_to_linker(linker: &mut Linker<Guest>) -> wasmtime::Result<()> {
    functions! { linker;
        args_get(a: u32, b: u32) => args_get(a, b);
        args_sizes_get(a: u32, b: u32) => args_sizes_get(a, b);
        environ_get(a: u32, b: u32) => environ_get(a, b);
        environ_sizes_get(a: u32, b: u32) => environ_sizes_get(a, b);
        clock_res_get(a: u32, b: u32) => clock_res_get(a, b);
        clock_time_get(a: u32, b: u64, c: u32) => clock_time_get(a, b, c);
        fd_advise(a: u32, b: u64, c: u64, d: u32) => fd_advise(a, b, c, d);
        fd_allocate(a: u32, b: u64, c: u64) => fd_allocate(a, b, c);
        fd_close(a: u32) => fd_close(a);
        fd_datasync(a: u32) => fd_datasync(a);
        fd_fdstat_get(a: u32, b: u32) => fd_fdstat_get(a, b);
        fd_fdstat_set_flags(a: u32, b: u32) => fd_fdstat_set_flags(a, b);
        fd_fdstat_set_rights(a: u32, b: u64, c: u64) => fd_fdstat_set_rights(a, b, c);
        fd_filestat_get(a: u32, b: u32) => fd_filestat_get(a, b);
        fd_filestat_set_size(a: u32, b: u64) => fd_filestat_set_size(a, b);
        fd_filestat_set_times(a: u32, b: u64, c: u64, d: u32) => fd_filestat_set_times(a, b, c, d);
        fd_pread(a: u32, b: u32, c: u32, d: u64, e: u32) => fd_pread(a, b, c, d, e);
        fd_prestat_get(a: u32, b: u32) => fd_prestat_get(a, b);
        fd_prestat_dir_name(a: u32, b: u32, c: u32) => fd_prestat_dir_name(a, b, c);
        fd_pwrite(a: u32, b: u32, c: u32, d: u64, e: u32) => fd_pwrite(a, b, c, d, e);
        fd_read(a: u32, b: u32, c: u32, d: u32) => fd_read(a, b, c, d);
        fd_readdir(a: u32, b: u32, c: u32, d: u64, e: u32) => fd_readdir(a, b, c, d, e);
        fd_renumber(a: u32, b: u32) => fd_renumber(a, b);
        fd_seek(a: u32, b: i64, c: u32, d: u32) => fd_seek(a, b, c, d);
        fd_sync(a: u32) => fd_sync(a);
        fd_tell(a: u32, b: u32) => fd_tell(a, b);
        fd_write(a: u32, b: u32, c: u32, d: u32) => fd_write(a, b, c, d);
        path_create_directory(a: u32, b: u32, c: u32) => path_create_directory(a, b, c);
        path_filestat_get(a: u32, b: u32, c: u32, d: u32, e: u32) => path_filestat_get(a, b, c, d, e);
        path_filestat_set_times(a: u32, b: u32, c: u32, d: u32, e: u64, f: u64, g: u32)
            => path_filestat_set_times(a, b, c, d, e, f, g);
        path_link(a: u32, b: u32, c: u32, d: u32, e: u32, f: u32, g: u32)
            => path_link(a, b, c, d, e, f, g);
        path_open(a: u32, b: u32, c: u32, d: u32, e: u32, f: u64, g: u64, h: u32, i: u32)
            => path_open(a, b, c, d, e, f, g, h, i);
        path_readlink(a: u32, b: u32, c: u32, d: u32, e: u32, f: u32)
            => path_readlink(a, b, c, d, e, f);
        path_remove_directory(a: u32, b: u32, c: u32) => path_remove_directory(a, b, c);
        path_rename(a: u32, b: u32, c: u32, d: u32, e: u32, f: u32) => path_rename(a, b, c, d, e, f);
        path_symlink(a: u32, b: u32, c: u32, d: u32, e: u32) => path_symlink(a, b, c, d, e);
        path_unlink_file(a: u32, b: u32, c: u32) => path_unlink_file(a, b, c);
        poll_oneoff(a: u32, b: u32, c: u32, d: u32) => poll_oneoff(a, b, c, d);
        proc_raise(a: u32) => proc_raise(a);
        random_get(a: u32, b: u32) => random_get(a, b);
        sched_yield() => nothing();
        sock_accept(a: u32, b: u32, c: u32) => not_a_socket(a);
        sock_recv(a: u32, b: u32, c: u32, d: u32, e: u32, f: u32) => not_a_socket(a);
        sock_send(a: u32, b: u32, c: u32, d: u32, e: u32) => not_a_socket(a);
        sock_shutdown(a: u32, b: u32) => not_a_socket(a);
    }
    // The only one that never returns, and therefore returns nothing.
    linker.func_wrap(
        MODULE,
        "proc_exit",
        |caller: Caller<'_, Guest>, code: u32| {
            enter(caller, |call| call.proc_exit(code)).map(|_| ())
        },
    )?;
    Ok(())
}

/// Makes a call of the program's memory, world and fuel, and its outcome one that the program
/// understands, or the end of it.
fn enter(
    mut caller: Caller<'_, Guest>,
    body: impl FnOnce(&mut Call<'_>) -> Answer,
) -> wasmtime::Result<u32> {
    let memory = match caller.data().memory {
        Some(memory) => Some(memory),
        None => caller.get_export("memory").and_then(Extern::into_memory),
    };
    let fuel = caller.get_fuel()?;
    // Without a memory every pointer is out of bounds.
    let (bytes, guest) = match memory {
        Some(memory) => memory.data_and_store_mut(&mut caller),
        None => (<&mut [u8]>::default(), caller.data_mut()),
    };
    guest.memory = memory;
    let mut call = Call {
        memory: GuestMemory(bytes),
        wasi: &mut guest.wasi,
        fuel,
    };
    let answer = call.charge(Call::BASE_COST).and_then(|()| body(&mut call));
    let left = call.fuel;
    caller.set_fuel(left)?;
    match answer {
        Ok(()) => Ok(0),
        Err(Stop::Errno(errno)) => Ok(errno.0),
        Err(Stop::End(ended)) => Err(wasmtime::Error::new(ended)),
    }
}
