package io.farandole.local.demo;

import io.farandole.local.asking.Api;
import io.farandole.local.importing.EventSet;
import io.farandole.local.inspecting.Books;
import io.farandole.local.inspecting.ReadModelRows;
import io.farandole.local.running.DataDirectory;
import io.farandole.orchestrator.ledger.Account;
import java.util.Collection;
import java.util.List;

/** What a demonstration streams, and what must have become of it. */
public interface Scenario {

    EventSet events();

    /** What is published, in one line. */
    String announcement();

    /** Puts there what the platform reads when it starts. */
    default void prepare(DataDirectory directory) {}

    /** Those who are to have a list of their own. */
    Collection<String> users();

    /** Whose list is shown. */
    String shownUser();

    /** So little that all is published before the first event has gone the whole way. */
    boolean isShort();

    /** What must be so of the books and the read models. */
    List<Check> counted(Books books, ReadModelRows rows);

    /**
     * What must be so of the API's answers.
     *
     * @param key with which it is asked
     */
    List<Check> asked(Api api, String key);

    /** How many events of a topic there are, by the journal. */
    static long published(Books books, String topic) {
        return books.accounts().stream()
                .filter(account -> account.topic().equals(topic))
                .mapToLong(Account::distinctPublished)
                .max()
                .orElse(0);
    }
}
