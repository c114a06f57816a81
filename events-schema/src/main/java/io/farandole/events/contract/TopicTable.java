package io.farandole.events.contract;

import io.farandole.events.Kind;
import io.farandole.events.Topic;
import io.farandole.events.TopicCatalogue;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of topics in the README files, between two comments that mark its place. */
final class TopicTable {

    private static final String BEGIN = "<!-- topics -->";
    private static final String END = "<!-- /topics -->";

    private TopicTable() {}

    /** The page with its table brought up to date; a page without the marks stays as it is. */
    static String in(String page) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            return page;
        }
        return page.substring(0, begin + BEGIN.length()) + "\n" + table() + page.substring(end);
    }

    static String table() {
        return """
                | topic | ring | kinds | ordering key | kept | written by | read by |
                |---|---|---|---|---|---|---|
                """
                + TopicCatalogue.all().stream().map(TopicTable::row).collect(Collectors.joining());
    }

    private static String row(Topic<?> topic) {
        return "| "
                + String.join(
                        " | ",
                        "`" + topic.name() + "`",
                        topic.ring().name().toLowerCase(Locale.ROOT),
                        topic.kinds().stream().map(Kind::name).collect(Collectors.joining(", ")),
                        orderingKeys(topic) + (topic.sequenced() ? ", numbered" : ""),
                        topic.retention().toDays() + " days",
                        list(topic.writers()),
                        list(readers(topic)))
                + " |\n";
    }

    private static List<String> readers(Topic<?> topic) {
        return Stream.concat(
                        topic.readers().stream(),
                        TopicCatalogue.instanceSubscriptions().stream()
                                .filter(subscription -> subscription.topic().equals(topic))
                                .map(subscription -> subscription.reader() + " (each instance)"))
                .toList();
    }

    private static String orderingKeys(Topic<?> topic) {
        return OrderingKey.allOf(topic).stream()
                .map(key -> "`" + key + "`")
                .collect(Collectors.joining(" or "));
    }

    private static String list(List<String> names) {
        return names.isEmpty() ? "–" : String.join(", ", names);
    }
}
