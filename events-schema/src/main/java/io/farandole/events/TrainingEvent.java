package io.farandole.events;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The life of a model: asked for, trained, judged, released, promoted or rolled back. Each step
 * reads what the one before it said; objects (data sets, models, metrics) are named by their key.
 */
public sealed interface TrainingEvent extends Event {

    RunId run();

    /**
     * A model is wanted.
     *
     * @param by who or what asks, such as {@code operator} or {@code schedule}
     * @param candidates specifications of the models to try; none means the configured ones
     * @param reason why, for people; who asks by hand or by the clock gives none
     */
    record Requested(RunId run, String by, List<String> candidates, @Nullable String reason)
            implements TrainingEvent {
        public Requested {
            Facts.identifier("by", by);
            candidates = Facts.identifiers("candidates", candidates);
            Facts.reason(reason);
        }

        /** Without a reason. */
        public Requested(RunId run, String by, List<String> candidates) {
            this(run, by, candidates, null);
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
     * @param events how many events of the archive it was made from; not known of older ones
     * @param from when the first of them happened
     * @param to when the last of them happened
     * @param archivedTo the archive's position of the last row that was there, in digits
     */
    record DatasetReady(
            RunId run,
            String dataset,
            String fingerprint,
            int users,
            int items,
            int interactions,
            int testUsers,
            List<String> candidates,
            @Nullable Integer events,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String archivedTo)
            implements TrainingEvent {
        public DatasetReady {
            if (events != null) {
                Facts.count("events", events);
            }
            Facts.instant("from", from);
            Facts.instant("to", to);
            Facts.identifier("archivedTo", archivedTo);
            Facts.identifier("dataset", dataset);
            Facts.identifier("fingerprint", fingerprint);
            Facts.count("users", users);
            Facts.count("items", items);
            Facts.count("interactions", interactions);
            Facts.count("testUsers", testUsers);
            candidates = Facts.identifiers("candidates", candidates);
        }

        /** Of which it is not known what it was made from. */
        public DatasetReady(
                RunId run,
                String dataset,
                String fingerprint,
                int users,
                int items,
                int interactions,
                int testUsers,
                List<String> candidates) {
            this(
                    run,
                    dataset,
                    fingerprint,
                    users,
                    items,
                    interactions,
                    testUsers,
                    candidates,
                    null,
                    null,
                    null,
                    null);
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
     * A model is served: to everybody, or as a canary to a share of the users.
     *
     * @param users who have a list in it
     * @param items that have similar ones in it
     * @param share of the users to whom it is served, in percent; absent when that is everybody
     */
    record Released(
            RunId run,
            String release,
            String model,
            String spec,
            int users,
            int items,
            @Nullable Integer share)
            implements TrainingEvent {
        public Released {
            Facts.identifier("release", release);
            Facts.identifier("model", model);
            Facts.identifier("spec", spec);
            Facts.count("users", users);
            Facts.count("items", items);
            Facts.share(share);
        }

        /** To everybody. */
        public Released(
                RunId run, String release, String model, String spec, int users, int items) {
            this(run, release, model, spec, users, items, null);
        }
    }

    /**
     * Somebody wants a release to be served to everybody: a canary, or one that was served before.
     *
     * @param by who asks
     * @param reason why, for people
     */
    record PromotionRequested(RunId run, String release, String by, String reason)
            implements TrainingEvent {
        public PromotionRequested {
            Facts.identifier("release", release);
            Facts.identifier("by", by);
            Facts.reason(reason);
        }
    }

    /**
     * Somebody wants a release to be served no more: a canary, or the one that everybody is served,
     * in whose place the one before comes back.
     *
     * @param by who asks
     * @param reason why, for people
     */
    record RollbackRequested(RunId run, String release, String by, String reason)
            implements TrainingEvent {
        public RollbackRequested {
            Facts.identifier("release", release);
            Facts.identifier("by", by);
            Facts.reason(reason);
        }
    }

    /**
     * What users did with a canary's lists was compared with what they did with the others'.
     *
     * @param good whether everybody may be served it; it is to be rolled back otherwise
     * @param reasons one a guardrail, for people
     */
    record CanaryJudged(RunId run, String release, boolean good, List<String> reasons)
            implements TrainingEvent {
        public CanaryJudged {
            Facts.identifier("release", release);
            reasons = Facts.reasons(reasons);
        }
    }

    /**
     * A release is served to everybody.
     *
     * @param former the release in whose place it came, if there was one
     * @param by who wanted it
     * @param reasons why, for people
     */
    record Promoted(
            RunId run,
            String release,
            String model,
            @Nullable String former,
            String by,
            List<String> reasons)
            implements TrainingEvent {
        public Promoted {
            Facts.identifier("release", release);
            Facts.identifier("model", model);
            Facts.identifier("former", former);
            Facts.identifier("by", by);
            reasons = Facts.reasons(reasons);
        }
    }

    /**
     * A release is served to nobody any more.
     *
     * @param served the release that everybody is served instead
     * @param by who wanted it
     * @param reasons why, for people
     */
    record RolledBack(
            RunId run, String release, String model, String served, String by, List<String> reasons)
            implements TrainingEvent {
        public RolledBack {
            Facts.identifier("release", release);
            Facts.identifier("model", model);
            Facts.identifier("served", served);
            Facts.identifier("by", by);
            reasons = Facts.reasons(reasons);
        }
    }

    /**
     * A promotion or a rollback was asked for that cannot be; what is served goes on.
     *
     * @param by who wanted it
     * @param reason why it cannot be, for people
     */
    record SwitchRefused(RunId run, String release, String by, String reason)
            implements TrainingEvent {
        public SwitchRefused {
            Facts.identifier("release", release);
            Facts.identifier("by", by);
            Facts.reason(reason);
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
