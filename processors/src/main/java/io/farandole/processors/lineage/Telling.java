package io.farandole.processors.lineage;

import io.farandole.events.TrainingEvent;
import io.farandole.events.TrainingEvent.Approved;
import io.farandole.events.TrainingEvent.DatasetReady;
import io.farandole.events.TrainingEvent.Evaluated;
import io.farandole.events.TrainingEvent.Failed;
import io.farandole.events.TrainingEvent.ModelTrained;
import io.farandole.events.TrainingEvent.Rejected;
import io.farandole.events.TrainingEvent.Released;
import io.farandole.events.TrainingEvent.Requested;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.DatasetFacets;
import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import io.openlineage.client.OpenLineage.RunFacet;
import io.openlineage.client.OpenLineage.RunFacetsBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a step said, as run events of OpenLineage: its own is done, and the next one's begins. A
 * step is one job with one run in each life of a model, of which all are parts; of several
 * candidates the last one ends it. The same event of ours makes the same ids, however often it is
 * told.
 */
final class Telling {

    private static final URI PRODUCER = URI.create("urn:farandole:processors:lineage");

    /** The job of which the steps are parts. */
    private static final String LIFE = "life-of-a-model";

    private final OpenLineage lineage = new OpenLineage(PRODUCER);
    private final String namespace;

    /**
     * @param namespace of jobs and data sets
     */
    Telling(String namespace) {
        this.namespace = namespace;
    }

    /** Nothing of what is no step of a run. */
    List<RunEvent> of(TrainingEvent event, Instant at) {
        Said said = new Said(event.run().value(), at);
        return switch (event) {
            case Requested asked -> List.of(said.begins("dataset", request(asked)));
            case DatasetReady ready ->
                    List.of(
                            said.event(
                                    EventType.COMPLETE,
                                    "dataset",
                                    facets(),
                                    List.of(
                                            input("archive/activity", range(ready)),
                                            input("archive/catalogue")),
                                    List.of(output(ready.dataset(), size(ready)))),
                            said.begins("training", facets()));
            case ModelTrained trained ->
                    said.of(
                            "training",
                            trained.candidate(),
                            trained.candidates(),
                            "evaluation",
                            List.of(input(trained.dataset())),
                            List.of(output(trained.model(), model(trained))));
            case Evaluated evaluated ->
                    said.of(
                            "evaluation",
                            evaluated.candidate(),
                            evaluated.candidates(),
                            "gate",
                            List.of(input(evaluated.dataset()), input(evaluated.model())),
                            List.of(output(evaluated.metrics(), none())));
            case Approved approved ->
                    List.of(
                            said.ends("gate", approved.model(), List.of()),
                            said.begins("deployment", facets()));
            case Rejected rejected -> List.of(said.ends("gate", rejected.model(), List.of()));
            case Released released ->
                    List.of(
                            said.ends(
                                    "deployment",
                                    released.model(),
                                    List.of(output("releases/" + released.release(), none()))));
            case Failed failed ->
                    List.of(
                            said.event(
                                    EventType.FAIL,
                                    failed.step(),
                                    facets().errorMessage(
                                                    lineage.newErrorMessageRunFacet(
                                                            failed.reason(), "Java", null)),
                                    List.of(),
                                    List.of()));
            default -> List.of();
        };
    }

    /** What is said of one run at one time. */
    private final class Said {

        private final String run;
        private final Instant at;

        Said(String run, Instant at) {
            this.run = run;
            this.at = at;
        }

        RunEvent begins(String step, RunFacetsBuilder facets) {
            return event(EventType.START, step, facets, List.of(), List.of());
        }

        RunEvent ends(String step, String model, List<OpenLineage.OutputDataset> outputs) {
            return event(EventType.COMPLETE, step, facets(), List.of(input(model)), outputs);
        }

        List<RunEvent> of(
                String step,
                int candidate,
                int candidates,
                String next,
                List<OpenLineage.InputDataset> inputs,
                List<OpenLineage.OutputDataset> outputs) {
            RunEvent told =
                    event(
                            candidate == candidates ? EventType.COMPLETE : EventType.RUNNING,
                            step,
                            facets(),
                            inputs,
                            outputs);
            return candidate == 1 ? List.of(told, begins(next, facets())) : List.of(told);
        }

        RunEvent event(
                EventType type,
                String step,
                RunFacetsBuilder facets,
                List<OpenLineage.InputDataset> inputs,
                List<OpenLineage.OutputDataset> outputs) {
            RunFacet named = lineage.newRunFacet();
            named.getAdditionalProperties().put("run", run);
            return lineage.newRunEvent(
                    at.atZone(ZoneOffset.UTC),
                    type,
                    lineage.newRun(
                            id(step),
                            facets.parent(
                                            lineage.newParentRunFacetBuilder()
                                                    .run(
                                                            lineage.newParentRunFacetRunBuilder()
                                                                    .runId(id(LIFE))
                                                                    .build())
                                                    .job(
                                                            lineage.newParentRunFacetJobBuilder()
                                                                    .namespace(namespace)
                                                                    .name(LIFE)
                                                                    .build())
                                                    .build())
                                    .put("farandole_run", named)
                                    .build()),
                    lineage.newJobBuilder().namespace(namespace).name(step).build(),
                    inputs,
                    outputs);
        }

        private UUID id(String step) {
            return UUID.nameUUIDFromBytes((run + "\n" + step).getBytes(StandardCharsets.UTF_8));
        }
    }

    private RunFacetsBuilder facets() {
        return lineage.newRunFacetsBuilder();
    }

    private RunFacetsBuilder request(Requested asked) {
        RunFacet request = lineage.newRunFacet();
        put(request.getAdditionalProperties(), "by", asked.by(), "reason", asked.reason());
        return facets().put("farandole_request", request);
    }

    private DatasetFacets range(DatasetReady ready) {
        return facet(
                "farandole_eventRange",
                "events",
                ready.events(),
                "from",
                ready.from(),
                "to",
                ready.to(),
                "archivedTo",
                ready.archivedTo());
    }

    private DatasetFacets size(DatasetReady ready) {
        OpenLineage.DatasetFacet size = lineage.newDatasetFacet();
        put(
                size.getAdditionalProperties(),
                "users",
                ready.users(),
                "items",
                ready.items(),
                "interactions",
                ready.interactions(),
                "testUsers",
                ready.testUsers());
        return lineage.newDatasetFacetsBuilder()
                .version(lineage.newDatasetVersionDatasetFacet(ready.fingerprint()))
                .put("farandole_size", size)
                .build();
    }

    private DatasetFacets model(ModelTrained trained) {
        return facet("farandole_model", "spec", trained.spec(), "seconds", trained.seconds());
    }

    private DatasetFacets facet(String name, @Nullable Object... namesAndValues) {
        OpenLineage.DatasetFacet facet = lineage.newDatasetFacet();
        put(facet.getAdditionalProperties(), namesAndValues);
        return lineage.newDatasetFacetsBuilder().put(name, facet).build();
    }

    private DatasetFacets none() {
        return lineage.newDatasetFacetsBuilder().build();
    }

    private OpenLineage.InputDataset input(String name) {
        return input(name, none());
    }

    private OpenLineage.InputDataset input(String name, DatasetFacets facets) {
        return lineage.newInputDatasetBuilder()
                .namespace(namespace)
                .name(name)
                .facets(facets)
                .build();
    }

    private OpenLineage.OutputDataset output(String name, DatasetFacets facets) {
        return lineage.newOutputDatasetBuilder()
                .namespace(namespace)
                .name(name)
                .facets(facets)
                .build();
    }

    private static void put(Map<String, Object> into, @Nullable Object... namesAndValues) {
        List<@Nullable Object> all = Arrays.asList(namesAndValues);
        for (int at = 0; at < all.size(); at += 2) {
            Object value = all.get(at + 1);
            if (value != null) {
                into.put(
                        String.valueOf(all.get(at)),
                        value instanceof Number ? value : value.toString());
            }
        }
    }
}
