package io.farandole.orchestrator.verifying;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.MissingNode;

class WithholdingErasedTest {

    private static final String ANN = "user:ann";
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final WithholdingErased judge = new WithholdingErased();

    @Test
    void findsNothingWhereWhatWasToldUntilTheErasureIsWithheld() {
        judge.withheld(ANN, event("viewed", 3));
        judge.withheld(ANN, event("viewed", 4));
        judge.given(ANN, event("erased", 2));
        judge.given(ANN, event("erased", 5));
        judge.given(ANN, event("viewed", 6));
        judge.given("user:bob", event("viewed", 1));
        judge.given("item:x", event("offerListed", 1));

        assertThat(judge.finish()).isEmpty();
    }

    @Test
    void findsWhatIsWithheldOfSomebodyWhoAskedForNothing() {
        judge.withheld(ANN, event("viewed", 3));

        assertThat(judge.finish())
                .singleElement()
                .extracting(Discrepancy::what)
                .isEqualTo(
                        "was told at 2026-03-01T12:00:03Z, is withheld from everybody, and user:ann"
                                + " asked to be forgotten never");
    }

    @Test
    void findsWhatIsWithheldThoughItCameLater() {
        judge.given(ANN, event("erased", 5));
        judge.withheld(ANN, event("viewed", 6));

        assertThat(judge.finish()).extracting(Discrepancy::key).containsExactly("event viewed-6");
    }

    private static JournaledEvent event(String kind, int second) {
        Instant at = NOON.plusSeconds(second);
        return new JournaledEvent(
                "activity",
                kind,
                MissingNode.getInstance(),
                kind + "-" + second,
                new Telling(at, "test", kind + second),
                at,
                at,
                Set.of());
    }
}
