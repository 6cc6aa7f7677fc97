//! Facts that help people judge whether work is somebody's own: code that is alike, and how it
//! was typed. Nothing here is a verdict and nothing here lowers a grade.

mod documents;
pub mod fingerprint;
pub mod review;
pub mod similarity;
pub mod spans;
pub mod timeline;
pub mod token;

pub use fingerprint::{Fingerprints, Winnowing};
pub use review::{Review, ReviewEvent, ReviewStatus};
pub use similarity::{Pair, Similarity, SimilaritySearch, Source};
pub use spans::{LineRange, Span};
pub use timeline::{EditFact, EditKind, Timeline, TimelineEvent, TimelineSummary};
pub use token::{Family, Token};
