package io.farandole.streams.topology;

import io.farandole.events.Kind;
import io.farandole.events.Topic;
import io.farandole.events.contract.OrderingKey;
import java.util.List;

/**
 * A topic, as the catalogue has it.
 *
 * @param orderingKeys what its events are about, such as {@code user:<user>}; mostly one
 * @param sequenced whether its one writer numbers each key's events
 * @param writers processors and all others who write, in words of the design
 * @param readers processors and all others who subscribe
 */
public record TopicNode(
        String name,
        Topic.Ring ring,
        List<String> kinds,
        List<String> orderingKeys,
        boolean sequenced,
        long retentionDays,
        List<String> writers,
        List<String> readers) {

    static TopicNode of(Topic<?> topic) {
        return new TopicNode(
                topic.name(),
                topic.ring(),
                topic.kinds().stream().map(Kind::name).toList(),
                OrderingKey.allOf(topic),
                topic.sequenced(),
                topic.retention().toDays(),
                topic.writers(),
                topic.readers());
    }
}
