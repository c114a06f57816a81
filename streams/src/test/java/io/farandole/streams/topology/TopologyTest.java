package io.farandole.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.events.ActivityEvent;
import io.farandole.events.TopicCatalogue;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.ReadModel;
import io.farandole.streams.Reference;
import io.farandole.streams.Source;
import io.farandole.streams.Store;
import io.farandole.streams.Work;
import io.farandole.streams.topology.Edge.Relation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopologyTest {

    private record Counted(int number) {}

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
}
