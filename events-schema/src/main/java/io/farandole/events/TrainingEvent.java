package io.farandole.events;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The life of a model: asked for, trained, judged, released. Each step reads what the one before it
 * said; objects (data sets, models, metrics) are named by their key.
 */
public sealed interface TrainingEvent extends Event {

    RunId run();

    /**
     * A model is wanted.
     *
     * @param by who or what asks, such as {@code operator} or {@code schedule}
     * @param candidates specifications of the models to try; none means the configured ones
     */
    record Requested(RunId run, String by, List<String> candidates) implements TrainingEvent {
        public Requested {
            Facts.identifier("by", by);
            candidates = Facts.identifiers("candidates", candidates);
        }
    }

    /**
     * What happened until now was cut into a part to learn from and a later part to be judged by.
     *
     * @param dataset where it is
     * @param fingerprint a hash of what it holds
     * @param interactions in both parts
     * @param testUsers who have something in the later part
     * @param candidates the models to try, at least one
     */
    record DatasetReady(
            RunId run,
            String dataset,
            String fingerprint,
            int users,
            int items,
            int interactions,
            int testUsers,
            List<String> candidates)
            implements TrainingEvent {
        public DatasetReady {
            Facts.identifier("dataset", dataset);
            Facts.identifier("fingerprint", fingerprint);
            Facts.count("users", users);
            Facts.count("items", items);
            Facts.count("interactions", interactions);
            Facts.count("testUsers", testUsers);
            candidates = Facts.identifiers("candidates", candidates);
        }
    }

    /**
     * One of the candidates was trained.
     *
     * @param model where it is
     * @param spec what it is
     * @param candidate which one, from 1
     * @param candidates of how many
     */
    record ModelTrained(
            RunId run,
            String dataset,
            String model,
            String spec,
            int candidate,
            int candidates,
            double seconds)
            implements TrainingEvent {
        public ModelTrained {
            Facts.identifier("dataset", dataset);
            Facts.identifier("model", model);
            Facts.identifier("spec", spec);
            Facts.candidate(candidate, candidates);
            Facts.finite("seconds", seconds);
        }
    }

    /**
     * A candidate was measured on what came later, beside popularity and what is served now.
     *
     * @param metrics where all that was measured is
     * @param ndcg10 mean over the test users of NDCG at 10
     * @param abovePopularityLow of the difference to popularity, by user: the lower end of its 95 %
     *     interval
     * @param coverage10 the part of all items that is in anyone's first ten
     * @param popularityNdcg10 of the stronger of popularity with and without decay
     * @param incumbent the model that is served now, if there is one
     */
    record Evaluated(
            RunId run,
            String dataset,
            String model,
            String spec,
            int candidate,
            int candidates,
            String metrics,
            int testUsers,
            double ndcg10,
            double coverage10,
            double popularityNdcg10,
            double abovePopularityLow,
            double abovePopularityHigh,
            @Nullable String incumbent,
            @Nullable Double incumbentNdcg10,
            @Nullable Double aboveIncumbentLow,
            @Nullable Double aboveIncumbentHigh)
            implements TrainingEvent {
        public Evaluated {
            Facts.identifier("dataset", dataset);
            Facts.identifier("model", model);
            Facts.identifier("spec", spec);
            Facts.candidate(candidate, candidates);
            Facts.identifier("metrics", metrics);
            Facts.count("testUsers", testUsers);
            Facts.finite("ndcg10", ndcg10);
            Facts.finite("coverage10", coverage10);
            Facts.finite("popularityNdcg10", popularityNdcg10);
            Facts.finite("abovePopularityLow", abovePopularityLow);
            Facts.finite("abovePopularityHigh", abovePopularityHigh);
            Facts.identifier("incumbent", incumbent);
            Facts.finite("incumbentNdcg10", incumbentNdcg10);
            Facts.finite("aboveIncumbentLow", aboveIncumbentLow);
            Facts.finite("aboveIncumbentHigh", aboveIncumbentHigh);
        }
    }

    /**
     * The best candidate may be served.
     *
     * @param reasons one a policy, for people
     * @param incumbent the model that it was compared with and may take the place of, if one was
     *     served
     */
    record Approved(
            RunId run, String model, String spec, List<String> reasons, @Nullable String incumbent)
            implements TrainingEvent {
        public Approved {
            Facts.identifier("incumbent", incumbent);
            Facts.identifier("model", model);
            Facts.identifier("spec", spec);
            reasons = Facts.reasons(reasons);
        }
    }

    /**
     * No candidate may be served; what was served goes on.
     *
     * @param reasons one a policy, for people
     */
    record Rejected(RunId run, String model, String spec, List<String> reasons)
            implements TrainingEvent {
        public Rejected {
            Facts.identifier("model", model);
            Facts.identifier("spec", spec);
            reasons = Facts.reasons(reasons);
        }
    }

    /**
     * A model is served.
     *
     * @param users who have a list in it
     * @param items that have similar ones in it
     */
    record Released(RunId run, String release, String model, String spec, int users, int items)
            implements TrainingEvent {
        public Released {
            Facts.identifier("release", release);
            Facts.identifier("model", model);
            Facts.identifier("spec", spec);
            Facts.count("users", users);
            Facts.count("items", items);
        }
    }

    /** A step gave up; the run ends here. */
    record Failed(RunId run, String step, String reason) implements TrainingEvent {
        public Failed {
            Facts.identifier("step", step);
            Facts.reason(reason);
        }
    }
}
