package io.farandole.pubsub;

/**
 * A published message in memory, as the bytes that go to disk and to subscribers; shared by all
 * subscriptions that hold it.
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
record StoredMessage(long id, String orderingKey, long publishedAtMillis, byte[] bytes) {

    int size() {
        return bytes.length;
    }
}
