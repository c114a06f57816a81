package io.farandole.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.events.ActivityEvent;
import io.farandole.events.TopicCatalogue;
import io.farandole.streams.LatePolicy;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.ReadModel;
import io.farandole.streams.Reference;
import io.farandole.streams.SessionWindows;
import io.farandole.streams.Source;
import io.farandole.streams.Store;
import io.farandole.streams.TimeWindows;
import io.farandole.streams.Work;
import io.farandole.streams.joins.Meetings;
import io.farandole.streams.topology.Edge.Relation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TopologyTest {

    private record Counted(int number) {}

    private record Visit(int number) {}

    private static final JsonMapper JSON = new JsonMapper();

    private static final Source<ActivityEvent> ACTIVITY =
            Source.<ActivityEvent>of(
                            TopicCatalogue.ACTIVITY, (_, _) -> {}, (_, _) -> Outcome.APPLIED)
                    .through("validate|clean", stepped -> stepped)
                    .settledBy((_, _) -> {});

    private static final Processor PROFILE =
            Processor.named("profile")
                    .reads(ACTIVITY)
                    .keeps(new Store<>("users", Counted.class))
                    .shows(new ReadModel("ages", "select 1"))
                    .looksUp(
                            new Reference<>(
                                    "zones",
                                    Counted.class,
                                    Duration.ofMillis(1_500),
                                    _ -> new Counted(0)))
                    .does(new Work<ActivityEvent>("sums", _ -> List.of(), (_, _) -> List.of(), 3))
                    .says(TopicCatalogue.RECOMMENDATIONS)
                    .build();

    private final Topology topology =
            Topology.of(
                    List.of(TopicCatalogue.ACTIVITY, TopicCatalogue.RECOMMENDATIONS),
                    List.of(PROFILE));

    @Test
    void hasAnEdgeForEverythingThatFlows() {
        assertThat(topology.edges())
                .contains(
                        new Edge("outside:ingestion", "topic:activity", Relation.WRITES),
                        new Edge("topic:activity", "outside:popularity", Relation.READS),
                        new Edge("topic:activity", "processor:profile", Relation.READS),
                        new Edge("reference:profile.zones", "processor:profile", Relation.LOOKS_UP),
                        new Edge("processor:profile", "store:profile.users", Relation.KEEPS),
                        new Edge("processor:profile", "read-model:profile.ages", Relation.SHOWS),
                        new Edge("processor:profile", "work:profile.sums", Relation.ENTRUSTS),
                        new Edge("processor:profile", "topic:recommendations", Relation.WRITES))
                .doesNotHaveDuplicates();
    }

    @Test
    void isToldAsText() {
        assertThat(TopologyText.of(topology))
                .isEqualTo(
                        """
                        Processor: profile (internal ring)
                           Source: activity (subscription: activity.profile, steps: validate|clean, settled once a key and batch)
                              <-- ingestion
                           Reference: zones (Counted, at most 1.5 s old)
                           Store: profile.users (values: Counted)
                           Read model: profile.ages
                           Work: sums (given up after 3 attempts)
                           Sink: recommendations
                              --> archive
                        """);
    }

    @Test
    void isDrawn() {
        assertThat(MermaidChart.of(topology))
                .startsWith("flowchart LR\n")
                .contains(
                        "topic_activity[/\"activity\"/]",
                        "processor_profile[\"profile\"]",
                        "store_profile_users[(\"profile.users\")]",
                        "topic_activity --> processor_profile",
                        "processor_profile -. keeps .- store_profile_users",
                        "processor_profile --> topic_recommendations");
    }

    @Test
    void isTheSameWhateverTheOrderOfTheDescriptions() {
        Processor other = Processor.named("popularity").reads(ACTIVITY).build();
        assertThat(Topology.of(List.of(TopicCatalogue.ACTIVITY), List.of(PROFILE, other)))
                .isEqualTo(Topology.of(List.of(TopicCatalogue.ACTIVITY), List.of(other, PROFILE)));
    }

    @Test
    void tellsWhereTheCatalogueSaysOtherwise() {
        assertThat(topology.contradictions())
                .containsExactly(
                        "profile writes recommendations, but the catalogue does not say so");
        Processor silent = Processor.named("profile").build();
        assertThat(Topology.of(List.of(TopicCatalogue.ACTIVITY), List.of(silent)).contradictions())
                .containsExactly(
                        "the catalogue says that profile reads activity, but it is not described"
                                + " so");
    }

    @Test
    void refusesTwoOfOneName() {
        assertThatThrownBy(
                        () ->
                                Topology.of(
                                        List.of(TopicCatalogue.ACTIVITY),
                                        List.of(PROFILE, PROFILE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two processors have one name");
    }

    @Test
    void showsWindowsTimersAndJoins() {
        Topology meetings = meetings();

        assertThat(TopologyText.of(meetings))
                .contains(
                        "Source: impressions (subscription: impressions.meetings, stream-stream join"
                                + " with viewed)",
                        "Store: meetings.served (values: Half, joined within 30 min, grace 5 s, late:"
                                + " drop)",
                        "Store: meetings.hours (values: Counted, hopping windows of 1 h every 15"
                                + " min, grace 1 d, late: divert)",
                        "Store: meetings.visits (values: Visit, sessions with a gap of 1500 ms,"
                                + " grace 0 s, late: update)",
                        "Timer: viewed (event time)");
        assertThat(MermaidChart.of(meetings))
                .contains(
                        "[(\"meetings.served<br>joined within 30 min, grace 5 s, late: drop\")]",
                        "timer_meetings_viewed>\"viewed, event time\"]",
                        "timer_meetings_viewed -. fires .-> processor_meetings",
                        "store_meetings_viewed -. joins .-> processor_meetings");
        JsonNode data = JSON.readTree(TopologyJson.of(meetings)).at("/processors/0");
        assertThat(data.at("/stores/2/windows/kind").asString()).isEqualTo("HOPPING");
        assertThat(data.at("/stores/2/windows/advanceSeconds").asDouble()).isEqualTo(900);
        assertThat(data.at("/sources/0/joining/with").asString()).isEqualTo("viewed");
    }

    @Test
    void asyncApiHasThemUnderTheProcessorsName() {
        JsonNode document =
                AsyncApiDocument.of(
                        List.of(TopicCatalogue.ACTIVITY, TopicCatalogue.IMPRESSIONS),
                        List.of(described()),
                        "1",
                        Duration.ofMinutes(1));

        assertThat(document.at("/operations/meetingsReceivesActivity/x-join/with").asString())
                .isEqualTo("served");
        assertThat(document.at("/x-processors/meetings/windows/served/late").asString())
                .isEqualTo("DROP");
        assertThat(document.at("/x-processors/meetings/timers/served").asString())
                .isEqualTo("EVENT_TIME");
    }

    private static Topology meetings() {
        return Topology.of(
                List.of(
                        TopicCatalogue.ACTIVITY,
                        TopicCatalogue.IMPRESSIONS,
                        TopicCatalogue.RECOMMENDATIONS),
                List.of(described()));
    }

    private static Processor described() {
        Meetings meetings = new Meetings(Duration.ofSeconds(5));
        Processor plain = meetings.processor(meetings.served(), meetings.viewed());
        List<Store<?>> stores = new ArrayList<>(plain.stores());
        stores.add(
                new Store<>(
                        "hours",
                        Counted.class,
                        TimeWindows.ofSize(Duration.ofHours(1))
                                .advanceBy(Duration.ofMinutes(15))
                                .withGrace(Duration.ofDays(1))
                                .whenLate(LatePolicy.DIVERT)));
        stores.add(
                new Store<>("visits", Visit.class, SessionWindows.ofGap(Duration.ofMillis(1_500))));
        Processor.Builder builder = Processor.named(plain.name());
        plain.sources().forEach(builder::reads);
        stores.forEach(builder::keeps);
        plain.sinks().forEach(builder::says);
        plain.timers().forEach(builder::fires);
        return builder.build();
    }
}
