//! The people who use the product: their accounts and their teams.
//!
//! What people write about themselves (names, addresses, descriptions) stands in documents that
//! can be erased; the state machines and their events know people by the host's opaque id only.

mod documents;
pub mod profile;
pub mod team;
pub mod user;

pub use documents::{TeamCard, UserCard};
pub use profile::{Locale, Notices, ProfileVisibility, Settings, TeamProfile, UserProfile};
pub use team::view::{Invited, Member, PublicTeam, TeamInvitation, TeamView};
pub use team::{Membership, Roster, Team, TeamEvent, TeamState};
pub use user::{PublicUser, User, UserEvent, UserState, Viewer};
