package io.farandole.processors.deployment;

import io.farandole.processors.objects.ObjectStore;
import io.farandole.processors.steps.GivenUp;
import io.farandole.processors.vertex.DeployedModel;
import io.farandole.processors.vertex.ModelEndpoint;
import io.farandole.processors.vertex.ModelRegistry;
import io.farandole.processors.vertex.ModelVersion;
import io.farandole.processors.vertex.Prediction;
import io.farandole.processors.vertex.VertexTrouble;
import io.farandole.recommenders.model.ModelDirectory;
import io.farandole.recommenders.model.TrainedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Models behind an endpoint of Vertex AI: each a version in the registry, with the share of the
 * calls that its release has of the users. Every step looks first what is there already, so that
 * what somebody else has left half done is finished.
 */
final class VertexPredicting implements Predicting {

    private static final int ALL = 100;

    /**
     * Of ten times as many calls as should do, three meet a model but for a chance of 1e-10: with a
     * share p of 30 / p calls, they are Poisson's with mean 30.
     */
    private static final int SURELY = 30;

    private final ObjectStore objects;
    private final ModelRegistry registry;
    private final ModelEndpoint endpoint;
    private final int kept;

    VertexPredicting(
            ObjectStore objects, ModelRegistry registry, ModelEndpoint endpoint, int kept) {
        this.objects = objects;
        this.registry = registry;
        this.endpoint = endpoint;
        this.kept = kept;
    }

    @Override
    public boolean isSomewhere() {
        return true;
    }

    @Override
    public void prepare(String model, List<Served> served, int share)
            throws IOException, InterruptedException, GivenUp, VertexTrouble {
        TrainedModel here = TrainedModel.load(objects.fetch(model));
        ModelVersion _ = deployed(model);
        Map<String, Integer> shares = new TreeMap<>();
        for (Served one : served) {
            shares.merge(idOf(one.model()), one.share() * (ALL - share) / ALL, Integer::sum);
        }
        Set<String> there = idsThere();
        shares.keySet().retainAll(there);
        int others = shares.values().stream().mapToInt(Integer::intValue).sum();
        shares.merge(idOf(model), ALL - others, Integer::sum);
        shares.values().removeIf(none -> none == 0);
        endpoint.route(shares);
        check(model, here, shares.getOrDefault(idOf(model), ALL));
    }

    @Override
    public void follow(List<Served> served)
            throws IOException, InterruptedException, GivenUp, VertexTrouble {
        Map<String, Integer> shares = new TreeMap<>();
        Set<String> inUse = new HashSet<>();
        ModelVersion mostServed = null;
        int most = 0;
        for (Served one : served) {
            ModelVersion version = deployed(one.model());
            shares.merge(idOf(one.model()), one.share(), Integer::sum);
            inUse.add(version.name());
            if (one.share() > most) {
                most = one.share();
                mostServed = version;
            }
        }
        // What is being prepared for a run at this moment loses its share too: its check is made
        // again then.
        endpoint.route(shares);
        for (DeployedModel other : endpoint.deployed()) {
            if (!shares.containsKey(other.id())) {
                endpoint.undeploy(other);
            }
        }
        if (mostServed != null) {
            registry.makeDefault(mostServed);
        }
        registry.prune(kept, inUse);
    }

    private ModelVersion deployed(String model)
            throws IOException, InterruptedException, GivenUp, VertexTrouble {
        String checksum = checksum(model);
        Path directory = objects.fetch(model);
        ModelVersion version =
                registry.version(
                        checksum,
                        new ModelDirectory(directory).description().spec(),
                        objects.address(model));
        endpoint.deploy(checksum, version);
        return version;
    }

    /**
     * Asks with histories that the model was trained on, until it was the new model that answered:
     * Vertex AI lets nobody choose which one does.
     */
    private void check(String model, TrainedModel here, int share)
            throws InterruptedException, GivenUp, VertexTrouble, IOException {
        Probes probes = Probes.of(new ModelDirectory(objects.fetch(model)), here);
        int calls = SURELY * ALL / share;
        int asked = 0;
        for (Probes.Probe probe : probes.all()) {
            boolean answered = false;
            while (!answered) {
                if (asked++ >= calls) {
                    throw new VertexTrouble(
                            "after "
                                    + calls
                                    + " predictions none came from "
                                    + model
                                    + ", which has "
                                    + share
                                    + " % of the calls");
                }
                Prediction prediction = endpoint.predict(probe.history(), Probes.K);
                answered = prediction.deployed().equals(idOf(model));
                if (answered && !probe.isAnsweredBy(prediction.items())) {
                    throw new GivenUp(
                            model
                                    + " answers otherwise behind the endpoint than here: "
                                    + prediction.items()
                                    + " instead of "
                                    + probe.expected());
                }
            }
        }
    }

    private Set<String> idsThere() throws InterruptedException, GivenUp, VertexTrouble {
        Set<String> ids = new HashSet<>();
        endpoint.deployed().forEach(one -> ids.add(one.id()));
        return ids;
    }

    private static String idOf(String model) {
        return ModelEndpoint.idOf(checksum(model));
    }

    private static String checksum(String model) {
        return model.substring(model.indexOf('/') + 1);
    }
}
