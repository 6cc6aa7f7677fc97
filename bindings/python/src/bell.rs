//! What an event loop hears from any thread: neither has to wait for Python's interpreter lock to ring.

#[cfg(unix)]
pub(crate) use of_unix::Bell;

#[cfg(not(unix))]
pub(crate) use nowhere::Bell;

#[cfg(unix)]
mod of_unix {
    use std::io::{Read, Write};
    use std::os::fd::{AsRawFd, RawFd};
    use std::os::unix::net::UnixStream;

    /// Two ends of a line that nobody waits at.
    pub(crate) struct Bell {
        pulled: UnixStream,
        heard: UnixStream,
    }

    impl Bell {
        /// A new one, where the system has two files to give.
        pub(crate) fn hang() -> Option<Self> {
            let (pulled, heard) = UnixStream::pair().ok()?;
            pulled.set_nonblocking(true).ok()?;
            heard.set_nonblocking(true).ok()?;
            Some(Self { pulled, heard })
        }

        /// The file that can be read once it rang.
        pub(crate) fn heard_at(&self) -> RawFd {
            self.heard.as_raw_fd()
        }

        pub(crate) fn ring(&self) {
            // Where there is no room it rings already.
            let _ = (&self.pulled).write(&[1]);
        }

        /// Until it is rung again.
        pub(crate) fn still(&self) {
            // It is rung once for many results: there is never as much as that.
            let mut rung = [0; 64];
            let _ = (&self.heard).read(&mut rung);
        }
    }
}

#[cfg(not(unix))]
mod nowhere {
    use std::convert::Infallible;

    /// The event loops of this system look at no files.
    pub(crate) struct Bell(Infallible);

    impl Bell {
        pub(crate) fn hang() -> Option<Self> {
            None
        }

        pub(crate) fn heard_at(&self) -> i32 {
            match self.0 {}
        }

        pub(crate) fn ring(&self) {
            match self.0 {}
        }

        pub(crate) fn still(&self) {
            match self.0 {}
        }
    }
}
