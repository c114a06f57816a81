package io.farandole.pubsub;

import io.farandole.pubsub.filter.Filter;
import io.farandole.pubsub.filter.InvalidFilterException;
import io.grpc.Status;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which messages of its topic a subscription takes: those that its filter matches. The others count
 * as acknowledged: it never has them, whatever it seeks to.
 */
record Selection(@Nullable Filter filter) {

    /** Nothing is parsed for a subscription without a filter. */
    static Selection of(String filter) {
        return new Selection(filter.isEmpty() ? null : Filter.parse(filter));
    }

    static Optional<Status> refuse(String filter) {
        try {
            of(filter);
            return Optional.empty();
        } catch (InvalidFilterException e) {
            return Optional.of(Status.INVALID_ARGUMENT.withDescription(e.getMessage()));
        }
    }

    boolean takes(StoredMessage message) {
        return filter == null || filter.matches(MessageAttributes.in(message.bytes()));
    }

    List<StoredMessage> among(List<StoredMessage> messages) {
        return filter == null ? messages : messages.stream().filter(this::takes).toList();
    }
}
