package io.farandole.local.command;

import io.farandole.local.running.OldClients;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The token that clients of the old API may show in {@code ?token=}. */
final class OldTokenOptions {

    @ArgGroup private final Either either = new Either();

    private static final class Either {

        @Option(
                names = "--old-token",
                paramLabel = "TOKEN",
                converter = Said.class,
                description =
                        "Takes this in ?token= of the old API's addresses, which otherwise answer"
                                + " 403 to any. It stands in the list of processes while this"
                                + " command runs: rather give a file, or set FARANDOLE_API_OLDTOKEN.")
        private @Nullable OldClients said;

        @Option(
                names = "--old-token-file",
                paramLabel = "FILE",
                converter = Kept.class,
                description = "The same, from the only line of a file.")
        private @Nullable OldClients kept;
    }

    OldClients clients() {
        if (either.said != null) {
            return either.said;
        }
        return either.kept == null ? OldClients.AS_SET : either.kept;
    }

    /** Whatever is wrong with it, a token is never repeated. */
    private static OldClients clients(String token, String where) {
        if (token.isBlank()) {
            throw new TypeConversionException(where + " is empty");
        }
        try {
            return new OldClients(token);
        } catch (IllegalArgumentException _) {
            throw new TypeConversionException(where + " has fewer than 8 characters");
        }
    }

    private static final class Said implements ITypeConverter<OldClients> {

        @Override
        public OldClients convert(String token) {
            return clients(token, "the token");
        }
    }

    private static final class Kept implements ITypeConverter<OldClients> {

        @Override
        public OldClients convert(String file) {
            List<String> lines = lines(file);
            if (lines.size() != 1) {
                throw new TypeConversionException(
                        file + " has " + lines.size() + " lines, not the token's one");
            }
            return clients(lines.getFirst().strip(), "the token in " + file);
        }

        private static List<String> lines(String file) {
            try {
                return Files.readAllLines(Path.of(file));
            } catch (MalformedInputException e) {
                throw new TypeConversionException(file + " is no text in UTF-8");
            } catch (IOException e) {
                throw new TypeConversionException("cannot read " + file + ": " + e);
            }
        }
    }
}
