package io.farandole.events.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopicTableTest {

    @Test
    void replacesWhatIsBetweenTheMarksAndNothingElse() {
        assertThat(TopicTable.in("before <!-- topics -->\nold\n<!-- /topics --> after"))
                .isEqualTo(
                        "before <!-- topics -->\n" + TopicTable.table() + "<!-- /topics --> after");
    }

    @Test
    void leavesAPageWithoutMarksAlone() {
        assertThat(TopicTable.in("no marks")).isEqualTo("no marks");
    }

    @Test
    void saysWhatATopicIsOrderedBy() {
        assertThat(TopicTable.table())
                .contains("| `offers` | source | published, ")
                .contains(
                        " | `item:<item>`, numbered | 31 days | ingestion | catalogue, personalisation, archive,"
                                + " api-gateway (each instance) |");
    }
}
