package io.farandole.gateway.scenarios;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at the start what is wrong, in place of a stack trace. */
final class ExplainingRefusal extends AbstractFailureAnalyzer<ScenariosRefused> {

    @Override
    protected FailureAnalysis analyze(Throwable root, ScenariosRefused cause) {
        return new FailureAnalysis(
                cause.getMessage(), "Correct what is named, or take the scenario out.", cause);
    }
}
