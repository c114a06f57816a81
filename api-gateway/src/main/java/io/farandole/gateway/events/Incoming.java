package io.farandole.gateway.events;

/** One event of a request: a claim that can be screened, or refused already. */
sealed interface Incoming permits Claim, Refused {}
