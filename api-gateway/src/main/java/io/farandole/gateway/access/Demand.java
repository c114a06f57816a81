package io.farandole.gateway.access;

import java.util.List;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** What an address asks of its callers. */
enum Demand {
    /** Says nothing about anybody. */
    NOTHING,
    /** A caller of any kind: descriptions, and addresses that do not exist. */
    ANY_ROLE,
    APP,
    PRODUCER,
    /** What tells of people more than they are shown themselves. */
    OPERATOR,
    /** As {@link #APP}, or the old clients' token. */
    OLD;

    private record Rule(PathPattern pattern, Demand demand) {}

    private static final List<Rule> RULES =
            List.of(
                    rule("/", NOTHING),
                    rule("/check", NOTHING),
                    rule("/recommendation/{user}", OLD),
                    rule("/playlist_recommendation/{user}", OLD),
                    rule("/similar_offers/{offer}", OLD),
                    rule("/v1/events", PRODUCER),
                    rule("/v1/users/{user}", OPERATOR),
                    rule("/v1/users/{user}/why-not/**", OPERATOR),
                    rule("/v1/**", APP));

    static Demand of(PathContainer path) {
        return RULES.stream()
                .filter(rule -> rule.pattern().matches(path))
                .map(Rule::demand)
                .findFirst()
                .orElse(ANY_ROLE);
    }

    private static Rule rule(String pattern, Demand demand) {
        return new Rule(PathPatternParser.defaultInstance.parse(pattern), demand);
    }
}
