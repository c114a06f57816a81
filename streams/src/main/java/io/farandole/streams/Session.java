package io.farandole.streams;

import java.time.Instant;

/** What is known of one session; its first and its last message happened at these times. */
public interface Session {

    Instant start();

    Instant end();
}
