package io.farandole.local.command;

import io.farandole.events.Topic;
import io.farandole.events.TopicCatalogue;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** For how many days topics keep messages: one at least, and no more than Pub/Sub does. */
final class RetentionDays implements ITypeConverter<Integer> {

    private static final long MOST =
            TopicCatalogue.all().stream()
                    .map(Topic::retention)
                    .mapToLong(Duration::toDays)
                    .min()
                    .orElseThrow();

    @Override
    public Integer convert(String value) {
        try {
            int days = Integer.parseInt(value);
            if (days >= 1 && days <= MOST) {
                return days;
            }
        } catch (NumberFormatException _) {
            // Said below.
        }
        throw new TypeConversionException("'" + value + "' is no number of days from 1 to " + MOST);
    }
}
