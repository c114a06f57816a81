package io.farandole.processors.ingestion;

import io.farandole.events.InteractionEvent;
import io.farandole.events.OfferEvent;
import io.farandole.events.UserEvent;
import io.farandole.streams.Stepped;
import io.farandole.streams.running.FunctionSteps;
import java.util.function.UnaryOperator;
import org.springframework.cloud.function.context.FunctionCatalog;

/** The stateless steps, for each family of the source ring. */
record Steps(
        String names,
        UnaryOperator<Stepped<UserEvent>> users,
        UnaryOperator<Stepped<OfferEvent>> offers,
        UnaryOperator<Stepped<InteractionEvent>> interactions) {

    /** The steps of these names, as the function catalogue has them. */
    static Steps named(String names, FunctionCatalog catalog) {
        return new Steps(
                names,
                FunctionSteps.compose(catalog, names),
                FunctionSteps.compose(catalog, names),
                FunctionSteps.compose(catalog, names));
    }
}
