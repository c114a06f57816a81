package io.farandole.pubsub;

import io.farandole.pubsub.journal.Journal;
import io.farandole.pubsub.push.PushClient;
import java.util.function.Supplier;

/** What all push subscriptions share; the journal is there once the server runs. */
record Pushes(PushClient client, Supplier<Journal> journal) {}
