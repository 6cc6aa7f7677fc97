//! What the captain of a team may do with it.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Membership, Roster, Team, TeamEvent, TeamState};
use crate::id::{TeamId, UserId};
use crate::refusal::Refusal;

impl Team {
    /// Founds a team; its founder becomes its captain.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when `max_members` is not 1 to [`Team::MOST_MEMBERS`];
    /// [`Refusal::AlreadyDone`] when the founder is in a team.
    pub fn decide_create(
        id: TeamId,
        captain: UserId,
        membership: Membership,
        max_members: u32,
        now: Timestamp,
    ) -> Result<TeamEvent, Refusal> {
        if !(1..=Self::MOST_MEMBERS).contains(&max_members) {
            let message = format!(
                "a team has 1 to {} members, not {max_members}",
                Self::MOST_MEMBERS
            );
            return Err(Refusal::invalid("maxMembers", message));
        }
        membership.free()?;
        let members = BTreeMap::from([(captain.clone(), now)]);
        let invited = BTreeMap::new();
        let state = TeamState::Active(Roster {
            captain,
            members,
            invited,
        });
        let team = Self {
            id,
            max_members,
            state,
        };
        Ok(TeamEvent::Created { team, at: now })
    }

    /// Takes a new profile for the team; the profile itself is a document beside it.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] when it is not the captain who asks; [`Refusal::WrongState`] when
    /// the team was dissolved.
    pub fn decide_update(&self, by: &UserId, now: Timestamp) -> Result<TeamEvent, Refusal> {
        self.led_by(by, "changing the team")?;
        Ok(TeamEvent::Updated {
            team: self.id,
            at: now,
        })
    }

    /// Ends the team.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] when it is not the captain who asks; [`Refusal::WrongState`] when
    /// the team was dissolved.
    pub fn decide_dissolve(&self, by: &UserId, now: Timestamp) -> Result<TeamEvent, Refusal> {
        let roster = self.led_by(by, "dissolving the team")?;
        Ok(self.dissolved(roster, now))
    }

    /// Ends the team for somebody who runs the platform.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when the team was dissolved.
    pub fn decide_close(&self, now: Timestamp) -> Result<TeamEvent, Refusal> {
        Ok(self.dissolved(self.existing()?, now))
    }

    /// Invites a user. An invitation holds no place: the team may be full when it is accepted.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] when it is not the captain who asks; [`Refusal::WrongState`] when
    /// the team was dissolved; [`Refusal::AlreadyDone`] when the user is in the team or has an
    /// invitation that has not lapsed; [`Refusal::LimitReached`] when too many are invited.
    pub fn decide_invite(
        &self,
        by: &UserId,
        user: UserId,
        now: Timestamp,
    ) -> Result<TeamEvent, Refusal> {
        let roster = self.led_by(by, "inviting users")?;
        if roster.has(&user) {
            return Err(Refusal::AlreadyDone {
                what: "the user has joined",
            });
        }
        let known = roster.invited.get(&user);
        if known.is_some_and(|lapses_at| now < *lapses_at) {
            return Err(Refusal::AlreadyDone {
                what: "the user was invited",
            });
        }
        let room = roster.invited.len() < Self::MOST_INVITED as usize;
        if known.is_none() && !room {
            return Err(Refusal::LimitReached {
                what: "open invitations",
                limit: Self::MOST_INVITED.into(),
            });
        }
        // A time at the end of the calendar can't be added to: such an invitation never lapses.
        let lapses_at = now
            .checked_add(Self::INVITATION_LASTS)
            .unwrap_or(Timestamp::MAX);
        Ok(TeamEvent::Invited {
            team: self.id,
            user,
            at: now,
            lapses_at,
        })
    }

    /// Takes an invitation back.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] when it is not the captain who asks; [`Refusal::WrongState`] when
    /// the team was dissolved; [`Refusal::NotFound`] when the user is not invited.
    pub fn decide_withdraw(&self, by: &UserId, user: &UserId) -> Result<TeamEvent, Refusal> {
        let roster = self.led_by(by, "withdrawing invitations")?;
        if !roster.invited.contains_key(user) {
            return Err(not_invited(user));
        }
        Ok(TeamEvent::InvitationWithdrawn {
            team: self.id,
            user: user.clone(),
        })
    }

    /// Sends a member away.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] when it is not the captain who asks; [`Refusal::WrongState`] when
    /// the team was dissolved; [`Refusal::CaptainMustStay`] when the captain means the captain;
    /// [`Refusal::NotFound`] when the user is not in the team.
    pub fn decide_kick(&self, by: &UserId, user: &UserId) -> Result<TeamEvent, Refusal> {
        let roster = self.led_by(by, "kicking members")?;
        if user == by {
            return Err(Refusal::CaptainMustStay);
        }
        roster.member(user)?;
        Ok(TeamEvent::Kicked {
            team: self.id,
            user: user.clone(),
        })
    }

    /// Makes another member the captain.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] when it is not the captain who asks; [`Refusal::WrongState`] when
    /// the team was dissolved; [`Refusal::AlreadyDone`] when the captain means the captain;
    /// [`Refusal::NotFound`] when the user is not in the team.
    pub fn decide_hand_over(&self, by: &UserId, to: &UserId) -> Result<TeamEvent, Refusal> {
        let roster = self.led_by(by, "handing the captaincy over")?;
        if to == by {
            return Err(Refusal::AlreadyDone {
                what: "the user is captain",
            });
        }
        roster.member(to)?;
        Ok(TeamEvent::CaptaincyHandedOver {
            team: self.id,
            from: by.clone(),
            to: to.clone(),
        })
    }

    pub(super) fn dissolved(&self, roster: &Roster, at: Timestamp) -> TeamEvent {
        let members = roster.members.keys().cloned().collect();
        TeamEvent::Dissolved {
            team: self.id,
            members,
            at,
        }
    }

    fn led_by(&self, by: &UserId, what: &'static str) -> Result<&Roster, Refusal> {
        let roster = self.existing()?;
        if roster.captain == *by {
            Ok(roster)
        } else {
            Err(Refusal::NotAllowed { what })
        }
    }
}

impl Roster {
    pub(super) fn member(&self, user: &UserId) -> Result<(), Refusal> {
        if self.has(user) {
            Ok(())
        } else {
            Err(Refusal::NotFound {
                what: "member",
                id: user.to_string(),
            })
        }
    }
}

impl Membership {
    /// Refuses a second team.
    pub(super) const fn free(self) -> Result<(), Refusal> {
        match self {
            Self::Free => Ok(()),
            Self::In(_) => Err(Refusal::AlreadyDone {
                what: "the user is in a team",
            }),
        }
    }
}

pub(super) fn not_invited(user: &UserId) -> Refusal {
    Refusal::NotFound {
        what: "invitation",
        id: user.to_string(),
    }
}
