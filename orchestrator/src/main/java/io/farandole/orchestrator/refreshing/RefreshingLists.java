package io.farandole.orchestrator.refreshing;

import io.farandole.events.OperationEvent.ListRefreshRequested;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.UserId;
import io.farandole.orchestrator.publishing.PublishingEvents;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Publishes a {@code list refresh requested} for every user who has a list. */
public final class RefreshingLists {

    private final JdbcClient database;
    private final PublishingEvents publishing;

    public RefreshingLists(JdbcClient database, PublishingEvents publishing) {
        this.database = database;
        this.publishing = publishing;
    }

    /**
     * Asks for every list, and returns once the broker has acknowledged all requests.
     *
     * @return how many lists were asked for
     * @throws java.util.concurrent.CompletionException if a request could not be published
     */
    public int refreshAll() {
        List<CompletableFuture<String>> acknowledged =
                users().stream()
                        .map(
                                user ->
                                        publishing.publish(
                                                TopicCatalogue.OPERATIONS,
                                                new ListRefreshRequested(user),
                                                null))
                        .toList();
        CompletableFuture.allOf(acknowledged.toArray(CompletableFuture[]::new)).join();
        return acknowledged.size();
    }

    private List<UserId> users() {
        return database.sql(
                        """
                select l.key from personalisation.lists l join streams.generation g on g.id = l.generation
                where g.phase = 'ACTIVE' order by l.key
                """)
                .query((row, _) -> new UserId(row.getString(1)))
                .list();
    }
}
