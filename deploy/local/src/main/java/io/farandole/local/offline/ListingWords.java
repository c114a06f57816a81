package io.farandole.local.offline;

import io.farandole.local.console.Console;
import io.farandole.local.console.Table;
import io.farandole.local.offline.Listing.UserList;
import io.farandole.recommenders.model.Scored;
import io.farandole.recommenders.model.Scored.Contribution;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/** Lists from a model, as they are printed. */
public record ListingWords(Listing listing, Collection<String> users, int k) {

    private static final int AT_ONCE = 1_000;

    /** What is printed as JSON. */
    public record Document(String model, String spec, List<UserList> lists) {}

    public Document document() {
        return new Document(
                listing.model().checksum(), listing.model().description().spec(), lists().toList());
    }

    /** One a user: {@code user item item ...}. */
    public Stream<String> lines() {
        // Some at a time, on all cores, in their order: none waits for all.
        return users.stream()
                .gather(Gatherers.windowFixed(AT_ONCE))
                .flatMap(some -> some.parallelStream().map(this::line).toList().stream());
    }

    private String line(String user) {
        return Stream.concat(Stream.of(user), listing.items(user, k).stream())
                .collect(Collectors.joining(" "));
    }

    public void sayTables(Console console) {
        lists().forEach(list -> say(list, console));
    }

    private Stream<UserList> lists() {
        return users.stream().map(user -> listing.list(user, k));
    }

    private static void say(UserList list, Console console) {
        console.say(
                "User "
                        + list.user()
                        + (list.known() == 0
                                ? ", by what is popular (nothing known that the model knows)"
                                : ", by " + list.known() + " past items"));
        Table table = new Table("#", "item", "score", "because of");
        int rank = 0;
        for (Scored scored : list.items()) {
            table.row(
                    ++rank,
                    scored.item(),
                    scored.score(),
                    scored.because().stream()
                            .map(Contribution::item)
                            .collect(Collectors.joining(", ")));
        }
        console.say(table);
    }
}
