//! What invited users and members decide for themselves, and what time decides.

use jiff::Timestamp;

use super::rules::not_invited;
use super::{Membership, Roster, Team, TeamEvent};
use crate::id::UserId;
use crate::refusal::Refusal;

impl Team {
    /// Takes an invited user in. Never invited, lapsed, withdrawn and used up look alike.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when the team was dissolved; [`Refusal::NotFound`] when there is
    /// no open invitation; [`Refusal::AlreadyDone`] when the user is in a team;
    /// [`Refusal::LimitReached`] when the team is full: the invitation stays open then.
    pub fn decide_accept(
        &self,
        user: &UserId,
        membership: Membership,
        now: Timestamp,
    ) -> Result<TeamEvent, Refusal> {
        let roster = self.existing()?;
        roster.open_invitation(user, now)?;
        membership.free()?;
        if roster.members.len() >= self.max_members as usize {
            return Err(Refusal::LimitReached {
                what: "members",
                limit: self.max_members.into(),
            });
        }
        Ok(TeamEvent::Joined {
            team: self.id,
            user: user.clone(),
            at: now,
        })
    }

    /// Takes note that an invited user does not want to join.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when the team was dissolved; [`Refusal::NotFound`] when there is
    /// no open invitation.
    pub fn decide_reject(&self, user: &UserId, now: Timestamp) -> Result<TeamEvent, Refusal> {
        self.existing()?.open_invitation(user, now)?;
        Ok(TeamEvent::Rejected {
            team: self.id,
            user: user.clone(),
        })
    }

    /// Lets a member go.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when the team was dissolved; [`Refusal::NotFound`] when the user
    /// is not in the team; [`Refusal::CaptainMustStay`] when the user is its captain.
    pub fn decide_leave(&self, user: &UserId) -> Result<TeamEvent, Refusal> {
        let roster = self.existing()?;
        roster.member(user)?;
        if roster.captain == *user {
            return Err(Refusal::CaptainMustStay);
        }
        Ok(TeamEvent::Left {
            team: self.id,
            user: user.clone(),
        })
    }

    /// Lets go of somebody whose account is deleted; nothing if the team does not know them.
    ///
    /// A captain's place goes to the [heir](Roster::heir); a captain alone dissolves the team.
    pub fn decide_forget(&self, user: &UserId, now: Timestamp) -> Vec<TeamEvent> {
        let Some(roster) = self.roster() else {
            return Vec::new();
        };
        let (team, user) = (self.id, user.clone());
        if roster.invited.contains_key(&user) {
            return vec![TeamEvent::InvitationWithdrawn { team, user }];
        }
        if !roster.has(&user) {
            return Vec::new();
        }
        let left = TeamEvent::Left {
            team,
            user: user.clone(),
        };
        match roster.heir().cloned() {
            _ if roster.captain != user => vec![left],
            Some(to) => vec![
                TeamEvent::CaptaincyHandedOver {
                    team,
                    from: user,
                    to,
                },
                left,
            ],
            None => vec![self.dissolved(roster, now)],
        }
    }

    /// Lets the invitations lapse whose time is over; nothing the second time.
    pub fn decide_tick(&self, now: Timestamp) -> Vec<TeamEvent> {
        let invited = self.roster().into_iter().flat_map(|roster| &roster.invited);
        let lapsed = invited.filter(|(_, lapses_at)| **lapses_at <= now);
        lapsed
            .map(|(user, _)| TeamEvent::InvitationLapsed {
                team: self.id,
                user: user.clone(),
            })
            .collect()
    }

    /// When [`Team::decide_tick`] has something to do next.
    pub fn next_tick(&self) -> Option<Timestamp> {
        self.roster()?.invited.values().min().copied()
    }
}

impl Roster {
    fn open_invitation(&self, user: &UserId, now: Timestamp) -> Result<(), Refusal> {
        match self.invited.get(user) {
            Some(lapses_at) if now < *lapses_at => Ok(()),
            _ => Err(not_invited(user)),
        }
    }
}
