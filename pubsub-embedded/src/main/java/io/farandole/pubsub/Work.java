package io.farandole.pubsub;

/**
 * What can stand in line to be handed out: a message without a key, or a key with messages that
 * wait.
 */
sealed interface Work permits QueuedMessage, KeyedMessages {}
