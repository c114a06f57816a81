package io.farandole.local.inspecting;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.farandole.orchestrator.runs.RunDetails;
import java.util.List;

/**
 * One run for programs.
 *
 * @param details its members are the document's own
 * @param measurements all that was measured of each candidate
 */
public record RunDocument(
        @JsonUnwrapped RunDetails details, List<RunMeasurements.OfCandidate> measurements) {}
