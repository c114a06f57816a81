package io.farandole.streams.soaking;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.streams.installation.Collector;
import io.farandole.streams.installation.Installation;
import io.farandole.streams.installation.Views;
import io.farandole.streams.installation.WindowBooks;
import io.farandole.streams.installation.Wiring;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What the database says of two versions that worked at the same time on the same state. */
final class VersionBooks {

    private static final Pattern NUMBER = Pattern.compile("\"listVersion\":\\s*(\\d+)");

    private static final String SAID =
            """
            (select attributes ->> 'ce-causationid' as cause,
                    convert_from(payload, 'UTF8')::jsonb as body
             from streams.outbox where topic = '%s')
            """;
    private static final String LISTS = SAID.formatted("recommendations");
    private static final String BESIDES = SAID.formatted("impressions");
    private static final String MARKED =
            " body -> 'listRefreshed' ->> 'release' = '" + NextTally.MARK + "'";

    private final Installation installation;

    VersionBooks(Installation installation) {
        this.installation = installation;
    }

    /** The topic of which only the next version knows, and what windows need. */
    static void provision(Wiring wiring) {
        WindowBooks.provision(wiring);
        wiring.admin().createTopic("impressions");
        wiring.createSubscription("impressions", "collector");
    }

    /** How many events the next version has folded, by what it said of them. */
    long saidByNext() {
        return installation.number("select count(*) from " + LISTS + " lists where" + MARKED);
    }

    /** Otherwise there was nothing to be compatible with. */
    boolean bothWorked() {
        long next = saidByNext();
        return next > 0 && installation.number("select count(*) from " + LISTS + " lists") > next;
    }

    /**
     * What only the next version says is there once for each event that it folded, in order; what
     * only it keeps is right where it is.
     */
    void areExactly(Views views, Collector besides) {
        assertThat(
                        installation.number(
                                "select count(*) from "
                                        + LISTS
                                        + " lists full join "
                                        + BESIDES
                                        + " besides using (cause) where coalesce("
                                        + MARKED.replace(" body", " lists.body")
                                        + ", false) <> (besides.body is not null)"))
                .as("events that one version said one half of, and the other the other")
                .isZero();
        assertThat(installation.number("select count(*) from " + BESIDES + " besides"))
                .as("said besides")
                .isEqualTo(saidByNext());
        for (String table : List.of("tally.items", "tally.users")) {
            assertThat(
                            installation.number(
                                    "select count(*) from "
                                            + table
                                            + " where (value ->> 'twice')::bigint"
                                            + " <> 2 * (value ->> 'number')::bigint"))
                    .as("rows of " + table + " that keep what was right before the old one wrote")
                    .isZero();
        }
        assertThat(installation.number("select sum((value ->> 'number')::bigint) from tally.users"))
                .as("views of all users")
                .isEqualTo(views.distinct());
        besides.byKey().forEach(VersionBooks::rise);
    }

    private static void rise(String user, List<Collector.Got> got) {
        List<Long> numbers =
                got.stream()
                        .flatMap(one -> NUMBER.matcher(one.body()).results())
                        .map((MatchResult found) -> Long.valueOf(found.group(1)))
                        .toList();
        assertThat(numbers).as(user).hasSameSizeAs(got).isSorted().doesNotHaveDuplicates();
    }
}
