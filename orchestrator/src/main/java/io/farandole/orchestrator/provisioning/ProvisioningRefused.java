package io.farandole.orchestrator.provisioning;

import java.util.List;

/** What is on the broker is not what the catalogue says. */
public final class ProvisioningRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    ProvisioningRefused(List<String> differences) {
        super("The broker differs from the topic catalogue: " + String.join("; ", differences));
    }
}
