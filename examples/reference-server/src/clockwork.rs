//! What a server does by itself: what is due in the engine, mails, and clearing up.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Interval, MissedTickBehavior, interval};

use crate::service::Service;

const BEAT: Duration = Duration::from_secs(1);
const CLEARING: Duration = Duration::from_hours(1);

/// Works until it is told to stop, and ends what it has begun: a mail that is on its way is not
/// left in doubt.
pub(crate) async fn run(service: Service, stop: Stop) {
    tokio::join!(
        tick(&service, stop.clone()),
        send(&service, stop.clone()),
        clear(&service, stop)
    );
}

/// Tells when to stop.
pub(crate) type Stop = watch::Receiver<bool>;

async fn tick(service: &Service, mut stop: Stop) {
    let mut beat = every(BEAT);
    while next(&mut beat, &mut stop).await {
        // What could not be done now is due at the next beat as well.
        while ticked(service).await {}
    }
}

/// Does what is due in the engine, and says whether there is more.
async fn ticked(service: &Service) -> bool {
    match service.engine.tick().await {
        Ok(ticked) => ticked.more && ticked.failed == 0,
        Err(error) => {
            tracing::error!(%error, "what is due could not be done");
            false
        }
    }
}

async fn send(service: &Service, mut stop: Stop) {
    if let Err(error) = service.mailer.settle().await {
        tracing::error!(?error, "what happened to mails before could not be noted");
        return;
    }
    let mut beat = every(BEAT);
    while next(&mut beat, &mut stop).await {
        match service.mailer.work().await {
            Ok(delivered) => service.metrics.note_mails(delivered),
            Err(error) => tracing::error!(?error, "mails could not be sent"),
        }
    }
}

async fn clear(service: &Service, mut stop: Stop) {
    let mut beat = every(CLEARING);
    while next(&mut beat, &mut stop).await {
        service.limiter.forget_idle();
        if let Err(error) = service.accounts.sweep().await {
            tracing::error!(?error, "what has expired could not be removed");
        }
    }
}

/// Waits for the next beat; false when it is time to stop.
async fn next(beat: &mut Interval, stop: &mut Stop) -> bool {
    tokio::select! {
        // Whoever could tell is gone: that is a reason to stop as well.
        _ = stop.wait_for(|stop| *stop) => false,
        _ = beat.tick() => true,
    }
}

fn every(pause: Duration) -> Interval {
    let mut beat = interval(pause);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    beat
}
