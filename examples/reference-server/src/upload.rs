//! Files that callers send. They are kept on disk while they come, so that memory does not grow with
//! them, and nothing is done with one that has not come whole.

use std::fs::File;
use std::io::SeekFrom;
use std::sync::Arc;

use axum::body::Body;
use futures_util::StreamExt;
use polycode_core::assessment::roster::{Reader, Row};
use tokio::io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt};

use crate::error::{ApiError, ErrorCode};

/// The most bytes that a file may have.
pub(crate) const MAX_UPLOAD: usize = 10 << 20;

/// How much of a file is read at once.
const PIECE: usize = 64 << 10;

/// A file that has come whole. It has no name, and is gone with the last who holds it.
#[derive(Debug, Clone)]
pub(crate) struct Upload(Arc<File>);

impl Upload {
    /// Writes a body down as it comes, and shows each piece of it.
    pub(crate) async fn receive(
        body: Body,
        mut show: impl FnMut(&[u8]) + Send,
    ) -> Result<Self, ApiError> {
        let failed = |error: std::io::Error| ApiError::internal(&error);
        let file = tempfile::tempfile().map_err(failed)?;
        let mut file = tokio::fs::File::from_std(file);
        let mut size = 0;
        let mut pieces = body.into_data_stream();
        while let Some(piece) = pieces.next().await {
            let unreadable = "the body could not be read";
            let piece = piece.map_err(|_| ApiError::new(ErrorCode::Unreadable, unreadable))?;
            size += piece.len();
            if size > MAX_UPLOAD {
                let message = format!("a body has at most {MAX_UPLOAD} bytes");
                return Err(ApiError::new(ErrorCode::TooLarge, message));
            }
            show(&piece);
            file.write_all(&piece).await.map_err(failed)?;
        }
        file.flush().await.map_err(failed)?;
        Ok(Self(Arc::new(file.into_std().await)))
    }

    /// The rows of a list, a few at a time. One reading at a time.
    pub(crate) async fn rows<T>(&self, reader: Reader<T>) -> Result<Rows<T>, ApiError> {
        let failed = |error: std::io::Error| ApiError::internal(&error);
        let mut file = tokio::fs::File::from_std(self.0.try_clone().map_err(failed)?);
        file.seek(SeekFrom::Start(0)).await.map_err(failed)?;
        Ok(Rows {
            file,
            reader: Some(reader),
            piece: vec![0; PIECE],
        })
    }

    /// Checks that it is a list that can be read row by row, and no longer than lists may be.
    pub(crate) async fn check_rows(&self) -> Result<(), ApiError> {
        let mut rows = self.rows(Reader::of_addresses()).await?;
        while rows.next().await?.is_some() {}
        Ok(())
    }
}

/// The rows of a list that are still to be read.
#[derive(Debug)]
pub(crate) struct Rows<T> {
    file: tokio::fs::File,
    /// None when all is read.
    reader: Option<Reader<T>>,
    piece: Vec<u8>,
}

impl<T> Rows<T> {
    /// The next few; none after the last.
    pub(crate) async fn next(&mut self) -> Result<Option<Vec<Row<T>>>, ApiError> {
        let Some(mut reader) = self.reader.take() else {
            return Ok(None);
        };
        let size = self.file.read(&mut self.piece).await;
        let size = size.map_err(|error| ApiError::internal(&error))?;
        Ok(Some(match self.piece.get(..size) {
            None | Some([]) => reader.finish()?,
            Some(piece) => {
                let rows = reader.push(piece)?;
                self.reader = Some(reader);
                rows
            }
        }))
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use axum::body::Bytes;
    use futures_util::stream;

    use super::*;

    /// A piece of a body that counts while it is held.
    struct Held(Vec<u8>, Arc<AtomicUsize>);

    impl AsRef<[u8]> for Held {
        fn as_ref(&self) -> &[u8] {
            &self.0
        }
    }

    impl Drop for Held {
        fn drop(&mut self) {
            self.1.fetch_sub(1, Ordering::SeqCst);
        }
    }

    #[tokio::test]
    async fn a_file_is_never_in_memory_as_a_whole() {
        let held = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&held);
        let pieces = stream::iter(0..1_000).map(move |number| {
            // The piece before is on disk already.
            assert_eq!(count.fetch_add(1, Ordering::SeqCst), 0);
            let text = if number == 0 {
                "email\n".to_owned()
            } else {
                format!("c{number}@example.org\n").repeat(100)
            };
            let piece = Held(text.into_bytes(), Arc::clone(&count));
            Ok::<_, Infallible>(Bytes::from_owner(piece))
        });
        let mut shown = 0;
        let upload = Upload::receive(Body::from_stream(pieces), |piece| shown += piece.len());
        let upload = upload.await.unwrap();
        assert!(shown > 1 << 20);
        upload.check_rows().await.unwrap();
        let mut rows = upload.rows(Reader::of_candidates()).await.unwrap();
        let (mut read, mut most) = (0, 0);
        while let Some(rows) = rows.next().await.unwrap() {
            read += rows.len();
            most = most.max(rows.len());
        }
        assert_eq!(read, 99_900);
        assert!(most <= PIECE / "c1@example.org\n".len());
    }

    #[tokio::test]
    async fn a_file_has_an_end() {
        let pieces =
            || stream::repeat_with(|| Ok::<_, Infallible>(Bytes::from(vec![b' '; 1 << 20])));
        let whole = Body::from_stream(pieces().take(10));
        assert!(Upload::receive(whole, |_| ()).await.is_ok());
        let endless = Upload::receive(Body::from_stream(pieces()), |_| ()).await;
        assert_eq!(endless.unwrap_err().status().as_u16(), 413);
        let broken = stream::iter([Ok(Bytes::from("email\n")), Err("cut off")]);
        let broken = Upload::receive(Body::from_stream(broken), |_| ()).await;
        assert_eq!(broken.unwrap_err().status().as_u16(), 400);
    }
}
