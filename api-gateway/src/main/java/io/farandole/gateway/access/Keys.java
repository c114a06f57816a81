package io.farandole.gateway.access;

import reactor.core.publisher.Mono;

/** Where keys are looked up. */
interface Keys {

    /** Empty if there is none of this id; an error if that cannot be told now. */
    Mono<KnownKey> of(String id);
}
