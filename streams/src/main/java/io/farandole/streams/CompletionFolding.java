package io.farandole.streams;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes what completes a generation, in memory, key by key; used as {@link BatchFold} is. */
public final class CompletionFolding {

    private final Processor processor;
    private final Completion completion;

    public CompletionFolding(Processor processor, Completion completion) {
        this.processor = processor;
        this.completion = completion;
    }

    /** The rows that these keys declare. */
    public List<Touched> declare(List<String> keys) {
        List<Touched> all = new ArrayList<>(keys.size());
        for (String key : keys) {
            Touched touched = new Touched();
            completion.rows().declare(key, touched);
            all.add(touched);
        }
        return all;
    }

    /**
     * Makes what is to be made for keys that were {@link #declare declared} and whose rows were
     * loaded.
     *
     * @return the rows written, empty for removed ones
     * @throws IllegalStateException if it fails for one of them; there is no message to be put
     *     aside for it
     */
    public Map<Row<?>, Optional<Object>> make(
            List<String> keys,
            List<Touched> declared,
            Map<Row<?>, ?> loaded,
            Map<Reference<?>, ?> references) {
        Context all = new Context(processor, loaded, references, null);
        for (int i = 0; i < keys.size(); i++) {
            all.turnTo(declared.get(i));
            try {
                completion.making().make(keys.get(i), all);
            } catch (RuntimeException e) {
                throw new IllegalStateException(
                        "what completes "
                                + processor.name()
                                + " cannot be made for "
                                + keys.get(i)
                                + ": "
                                + e.getMessage(),
                        e);
            }
        }
        return all.result(List.of()).changes();
    }
}
