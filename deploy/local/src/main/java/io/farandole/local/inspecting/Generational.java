package io.farandole.local.inspecting;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.streams.batch.ComparingGenerations;
import io.farandole.streams.batch.ComparingGenerations.Comparison;
import io.farandole.streams.batch.Generation;
import io.farandole.streams.batch.GenerationPhase;
import io.farandole.streams.batch.GenerationState;
import io.farandole.streams.batch.InfrastructureTrouble;
import io.farandole.streams.batch.KeptComparison;
import io.farandole.streams.batch.Made;
import io.farandole.streams.batch.RegisteredGenerations;
import io.farandole.streams.batch.RegisteredGenerations.Progress;
import io.farandole.streams.batch.SwitchMade;
import io.farandole.streams.batch.SwitchingGenerations;
import io.farandole.streams.batch.SwitchingGenerations.Allowance;
import io.farandole.streams.batch.SwitchingGenerations.Asked;
import io.farandole.streams.batch.SwitchingGenerations.Judged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The generations of a running installation's processors, seen and switched from outside. */
public final class Generational {

    private final RegisteredGenerations registered;
    private final ComparingGenerations comparing;
    private final SwitchingGenerations switching;

    public Generational(Tables tables) {
        registered = new RegisteredGenerations(tables.dataSource());
        comparing = new ComparingGenerations(tables.dataSource());
        switching = new SwitchingGenerations(tables.dataSource());
    }

    /**
     * A generation and how far it is.
     *
     * @param topics by topic, what it has heard
     * @param compared what its last comparison with the one that served found, if there was one
     * @param switches to it, the first one first
     */
    public record Listed(
            String processor,
            int generation,
            String phase,
            boolean fed,
            String since,
            @Nullable String trouble,
            Made made,
            List<Progress> topics,
            @Nullable KeptComparison compared,
            List<SwitchMade> switches) {

        public long heard() {
            return topics.stream().mapToLong(Progress::heard).sum();
        }

        public long archived() {
            return topics.stream().mapToLong(Progress::archived).sum();
        }

        public long withheld() {
            return topics.stream().mapToLong(Progress::withheld).sum();
        }

        static Listed of(
                GenerationState state,
                List<Progress> topics,
                @Nullable KeptComparison compared,
                List<SwitchMade> switches) {
            return new Listed(
                    state.generation().processor(),
                    state.generation().number(),
                    state.dropped() == null ? state.phase().name() : "DROPPED",
                    state.fed(),
                    Optional.ofNullable(state.dropped())
                            .or(() -> Optional.ofNullable(state.switched()))
                            .orElse(state.created())
                            .toString(),
                    state.trouble(),
                    state.made(),
                    topics,
                    compared,
                    switches);
        }
    }

    /**
     * All of them, dropped ones too.
     *
     * @param processor null for all
     */
    public List<Listed> list(@Nullable String processor) {
        return told(
                () -> {
                    List<Listed> all = new ArrayList<>();
                    for (GenerationState state : registered.states(processor)) {
                        Generation generation = state.generation();
                        all.add(
                                Listed.of(
                                        state,
                                        registered.progress(generation),
                                        comparing.kept(generation).orElse(null),
                                        switching.madeTo(generation)));
                    }
                    if (all.isEmpty() && processor != null) {
                        throw unknown(processor);
                    }
                    return all;
                });
    }

    /**
     * Compares two: unless they are named, the active one and the newest other that is fed.
     *
     * @param top how many of the best of each list are looked at for what is in common, 1 at least
     * @param examples how many keys of each store are shown
     */
    public Comparison compare(
            String processor,
            @Nullable Integer one,
            @Nullable Integer other,
            int top,
            int examples) {
        return told(
                () -> {
                    GenerationState left = one == null ? active(processor) : fed(processor, one);
                    GenerationState right =
                            other == null ? newestBeside(left) : fed(processor, other);
                    return comparing.compare(left.generation(), right.generation(), top, examples);
                });
    }

    /**
     * Makes one the active one, if it holds what the active one does. They are compared just before
     * the switch, not within it: no batch has to wait until every row is read. What was found is
     * kept.
     *
     * @param by who asks
     * @param differing how many keys may be different, missing or added, in all stores together
     */
    public SwitchingGenerations.Switch activate(
            String processor,
            int number,
            Allowance allowed,
            String by,
            long differing,
            boolean dry) {
        return told(
                () -> {
                    Generation from = active(processor).generation();
                    Judged judged =
                            number == from.number()
                                    ? null
                                    : new Judged(
                                            comparing
                                                    .compareAndKeep(
                                                            from,
                                                            fed(processor, number).generation())
                                                    .id(),
                                            differing);
                    return switching.activate(
                            processor, number, allowed, new Asked(by, judged), dry);
                });
    }

    /**
     * Goes back to the one that was active before.
     *
     * @param by who asks
     */
    public SwitchingGenerations.Switch rollBack(
            String processor, Allowance allowed, String by, boolean dry) {
        return told(
                () -> {
                    GenerationState last =
                            registered.states(processor).stream()
                                    .filter(state -> state.phase() == GenerationPhase.RETIRED)
                                    .filter(GenerationState::fed)
                                    .max(Comparator.comparing(Generational::switchedAt))
                                    .orElseThrow(
                                            () ->
                                                    new Failure(
                                                            ExitCode.FAILED,
                                                            "There is no generation of "
                                                                    + processor
                                                                    + " to go back to. See:"
                                                                    + " farandole generations"));
                    return switching.activate(
                            processor,
                            last.generation().number(),
                            allowed,
                            new Asked(by, null),
                            dry);
                });
    }

    private static Instant switchedAt(GenerationState state) {
        return Optional.ofNullable(state.switched()).orElse(state.created());
    }

    private GenerationState active(String processor) {
        return registered.active(processor).orElseThrow(() -> unknown(processor));
    }

    private GenerationState fed(String processor, int number) {
        return registered
                .find(processor, number)
                .filter(GenerationState::fed)
                .orElseThrow(
                        () ->
                                new Failure(
                                        ExitCode.FAILED,
                                        processor
                                                + " has no generation "
                                                + number
                                                + ", or it was dropped. See: farandole"
                                                + " generations"));
    }

    private GenerationState newestBeside(GenerationState left) {
        String processor = left.generation().processor();
        return registered.states(processor).stream()
                .filter(GenerationState::fed)
                .filter(state -> state.generation().id() != left.generation().id())
                .max(Comparator.comparingInt(state -> state.generation().number()))
                .orElseThrow(
                        () ->
                                new Failure(
                                        ExitCode.FAILED,
                                        processor
                                                + " has one generation only. Build another with:"
                                                + " farandole replay start "
                                                + processor));
    }

    private Failure unknown(String processor) {
        return new Failure(
                ExitCode.FAILED,
                "There is no processor "
                        + processor
                        + "; there are "
                        + registered.states(null).stream()
                                .map(state -> state.generation().processor())
                                .distinct()
                                .collect(Collectors.joining(", ")));
    }

    /** What is refused, or out of reach, in one line. */
    private static <T> T told(Supplier<T> doing) {
        try {
            return doing.get();
        } catch (IllegalStateException | InfrastructureTrouble e) {
            throw new Failure(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        }
    }
}
