package io.farandole.recommenders.linear;

import io.farandole.recommenders.model.ModelSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps the last spectra of one set of signals: filters that differ in rank or shape alone have the
 * same. Not for several threads at once.
 */
public final class Spectra {

    /** Two, so that a step and where it came from are both there. */
    private static final int KEPT = 2;

    private record Key(double users, double items) {

        static Key of(ModelSpec.Graph spec) {
            return new Key(spec.users(), spec.items());
        }
    }

    private final Signals signals;
    private final long seed;
    private final Map<Key, Spectrum> kept = new LinkedHashMap<>();

    public Spectra(Signals signals, long seed) {
        this.signals = signals;
        this.seed = seed;
    }

    /** Whether it costs nothing to have a filter's. */
    public boolean has(ModelSpec.Graph spec) {
        Spectrum known = kept.get(Key.of(spec));
        return !spec.isSpectral() || (known != null && known.rank() >= most(spec));
    }

    Spectrum of(ModelSpec.Graph spec) {
        if (!spec.isSpectral() || signals.itemCount() == 0) {
            return Spectrum.NONE;
        }
        Key key = Key.of(spec);
        Spectrum spectrum = kept.remove(key);
        if (spectrum == null || spectrum.rank() < most(spec)) {
            if (kept.size() == KEPT) {
                kept.remove(kept.keySet().iterator().next());
            }
            spectrum =
                    new Eigenvectors(
                                    signals,
                                    signals.userFactors(spec.users() / 2),
                                    signals.itemFactors(spec.items()))
                            .first(spec.rank(), seed);
        }
        kept.put(key, spectrum);
        return spectrum.first(spec.rank());
    }

    private int most(ModelSpec.Graph spec) {
        return Math.min(
                spec.rank(), Math.min(signals.itemCount(), signals.byUser().items().length));
    }
}
