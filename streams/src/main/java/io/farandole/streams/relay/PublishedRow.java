package io.farandole.streams.relay;

/** A row that the broker has acknowledged, under the message id that it gave. */
record PublishedRow(long row, String messageId) {}
