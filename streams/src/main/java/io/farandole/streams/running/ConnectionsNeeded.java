package io.farandole.streams.running;

import com.zaxxer.hikari.HikariDataSource;
import io.farandole.streams.Processor;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many connections all threads take when all are busy: with fewer they wait for each other. */
final class ConnectionsNeeded {

    private static final Logger log = LoggerFactory.getLogger(ConnectionsNeeded.class);

    /**
     * One counts and prunes the outbox, one keeps the inboxes or loads a reference, one is the
     * instance's number.
     */
    private static final int HOUSEKEEPING = 3;

    private ConnectionsNeeded() {}

    static int count(List<Processor> processors, StreamsSettings settings) {
        int workers = processors.stream().mapToInt(p -> p.sources().size()).sum();
        return workers * settings.workers()
                + processors.size()
                + (int) processors.stream().filter(p -> !p.works().isEmpty()).count()
                + settings.relay().threads()
                + HOUSEKEEPING;
    }

    static void tell(DataSource database, List<Processor> processors, StreamsSettings settings) {
        int needed = count(processors, settings);
        try {
            if (database.isWrapperFor(HikariDataSource.class)) {
                int has = database.unwrap(HikariDataSource.class).getMaximumPoolSize();
                if (has < needed) {
                    log.warn(
                            "The pool has {} connections, the processors take up to {}: set"
                                    + " spring.datasource.hikari.maximum-pool-size",
                            has,
                            needed);
                }
            }
        } catch (SQLException e) {
            log.debug("The size of the pool is not known", e);
        }
    }
}
