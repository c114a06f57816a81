package io.farandole.orchestrator.runs;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** How runs are read: {@code farandole.orchestrator.runs.*}; a name that is unknown is refused. */
@ConfigurationProperties(prefix = RunsSettings.PREFIX, ignoreUnknownFields = false)
record RunsSettings(@DefaultValue Deadlines deadlines) {

    static final String PREFIX = "farandole.orchestrator.runs";
}
