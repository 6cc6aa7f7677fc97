//! Facts that help people judge whether work is somebody's own: code that is alike, and how it
//! was typed. Nothing here is a verdict and nothing here lowers a grade.

mod documents;
pub mod review;
pub mod similarity;
pub mod timeline;

pub use review::{Review, ReviewEvent, ReviewStatus};
pub use similarity::{
    Family, Fingerprints, LineRange, Pair, Similarity, SimilaritySearch, Source, Span, Token,
    Winnowing,
};
pub use timeline::{EditFact, EditKind, Timeline, TimelineEvent, TimelineSummary};
