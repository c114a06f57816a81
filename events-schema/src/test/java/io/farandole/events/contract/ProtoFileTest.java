package io.farandole.events.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.TopicCatalogue;
import org.junit.jupiter.api.Test;

class ProtoFileTest {

    @Test
    void reservesTheNumberAndTheNameOfWhatWasRemoved() {
        FieldLock once =
                FieldLock.parse(
                        """
                Operations 1 listRefreshRequested ListRefreshRequested optional
                Operations.ListRefreshRequested 1 user string required
                Operations.ListRefreshRequested 2 why string optional removed
                """);
        assertThat(ProtoFile.of(TopicCatalogue.OPERATIONS, once))
                .endsWith(
                        """
                message Operations {
                  optional ListRefreshRequested listRefreshRequested = 1; // io.farandole.operations.listRefreshRequested.v1

                  message ListRefreshRequested {
                    optional string user = 1; // required
                    reserved 2;
                    reserved "why";
                  }
                }
                """);
    }

    @Test
    void isOneMessageThatImportsNothing() {
        FieldLock lock = FieldLock.empty().grown(GenerateContracts.messages());
        assertThat(TopicCatalogue.all())
                .allSatisfy(
                        topic -> {
                            String contract = ProtoFile.of(topic, lock);
                            assertThat(contract.lines().filter(line -> line.startsWith("message ")))
                                    .containsExactly(
                                            "message " + ContractMessage.nameOf(topic) + " {");
                            assertThat(contract)
                                    .doesNotContain("import", "oneof", "enum ", "int64");
                        });
    }
}
