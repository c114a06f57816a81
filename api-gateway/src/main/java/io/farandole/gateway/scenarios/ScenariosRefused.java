package io.farandole.gateway.scenarios;

import java.util.List;

/** The configuration of scenarios is not as it must be; each flaw says where. */
public final class ScenariosRefused extends IllegalStateException {

    private static final long serialVersionUID = 1;

    ScenariosRefused(List<String> flaws) {
        super("The scenarios are not valid:\n  " + String.join("\n  ", flaws));
    }
}
