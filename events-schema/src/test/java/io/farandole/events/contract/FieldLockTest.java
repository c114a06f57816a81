package io.farandole.events.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.events.contract.ContractMessage.ContractField;
import io.farandole.events.contract.ContractMessage.Presence;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldLockTest {

    private static final ContractField KIND =
            new ContractField("rated", "Rated", Presence.OPTIONAL, "");
    private static final ContractField USER =
            new ContractField("user", "string", Presence.REQUIRED, "");
    private static final ContractField MOOD =
            new ContractField("mood", "string", Presence.OPTIONAL, "");
    private static final ContractField TAGS =
            new ContractField("tags", "string", Presence.REPEATED, "");

    private static final FieldLock RELEASED = FieldLock.empty().grown(contract(USER, MOOD));

    @Test
    void givesNumbersInOrderAndKeepsThem() {
        assertThat(RELEASED.grown(contract(TAGS, MOOD, USER)).text())
                .endsWith(
                        """
                Topic 1 rated Rated optional
                Topic.Rated 1 user string required
                Topic.Rated 2 mood string optional
                Topic.Rated 3 tags string repeated
                """);
    }

    @Test
    void readsWhatItWrites() {
        assertThat(FieldLock.parse(RELEASED.text())).isEqualTo(RELEASED);
        FieldLock removed = removing("mood string optional");
        assertThat(FieldLock.parse(removed.text())).isEqualTo(removed);
    }

    @Test
    void takesNewOptionalMembers() {
        assertThat(RELEASED.brokenBy(contract(USER, MOOD, TAGS))).isEmpty();
    }

    @Test
    void refusesANewRequiredMember() {
        ContractField extra = new ContractField("extra", "int32", Presence.REQUIRED, "");
        assertThat(RELEASED.brokenBy(contract(USER, MOOD, extra)))
                .singleElement()
                .asString()
                .startsWith("Topic.Rated.extra is new and required");
    }

    @Test
    void refusesARemovedMember() {
        assertThat(RELEASED.brokenBy(contract(USER)))
                .singleElement()
                .asString()
                .startsWith("Topic.Rated.mood is gone");
    }

    @Test
    void refusesAChangedType() {
        assertThat(
                        RELEASED.brokenBy(
                                contract(
                                        USER,
                                        new ContractField("mood", "int32", Presence.OPTIONAL, ""))))
                .singleElement()
                .asString()
                .startsWith("Topic.Rated.mood was string and is now int32");
    }

    @Test
    void refusesAChangedPresence() {
        assertThat(
                        RELEASED.brokenBy(
                                contract(
                                        USER,
                                        new ContractField(
                                                "mood", "string", Presence.REQUIRED, ""))))
                .singleElement()
                .asString()
                .startsWith("Topic.Rated.mood was optional and is now required");
    }

    @Test
    void refusesAChangedNumber() {
        FieldLock edited = FieldLock.parse(RELEASED.text().replace("Rated 2 mood", "Rated 3 mood"));
        assertThat(edited.departuresFrom(RELEASED))
                .containsExactly(
                        "released as \"Topic.Rated 2 mood string optional\", now "
                                + "\"Topic.Rated 3 mood string optional\"");
    }

    @Test
    void refusesALineThatIsGone() {
        FieldLock edited =
                FieldLock.parse(
                        RELEASED.text().replace("Topic.Rated 2 mood string optional\n", ""));
        assertThat(edited.departuresFrom(RELEASED)).singleElement().asString().endsWith("now gone");
    }

    @Test
    void reservesWhatIsMarkedRemoved() {
        FieldLock removed = removing("mood string optional");
        assertThat(removed.brokenBy(contract(USER))).isEmpty();
        assertThat(removed.departuresFrom(RELEASED)).isEmpty();
        assertThat(removed.grown(contract(USER, TAGS)).text()).contains("Topic.Rated 3 tags");
        assertThat(removed.brokenBy(contract(USER, MOOD)))
                .singleElement()
                .asString()
                .startsWith("Topic.Rated.mood was removed before");
    }

    @Test
    void doesNotRemoveWhatIsRequired() {
        FieldLock removed = removing("user string required");
        assertThat(removed.brokenBy(contract(MOOD)))
                .singleElement()
                .asString()
                .contains("cannot be removed");
        assertThat(removed.departuresFrom(RELEASED)).hasSize(1);
    }

    @Test
    void doesNotRemoveAKind() {
        FieldLock removed = removing("rated Rated optional");
        assertThat(removed.brokenBy(contract(USER, MOOD)))
                .singleElement()
                .asString()
                .contains("cannot be removed");
    }

    @Test
    void refusesANumberThatIsGivenTwice() {
        String twice = RELEASED.text() + "Topic.Rated 2 other string optional\n";
        assertThatThrownBy(() -> FieldLock.parse(twice))
                .hasMessageContaining("gives the number 2 to two fields");
    }

    private static FieldLock removing(String line) {
        return FieldLock.parse(RELEASED.text().replace(line, line + " removed"));
    }

    private static List<ContractMessage> contract(ContractField... fields) {
        return List.of(
                new ContractMessage("Topic", List.of(KIND)),
                new ContractMessage("Topic.Rated", List.of(fields)));
    }
}
