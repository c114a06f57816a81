package io.farandole.local.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OldClientsTest {

    private static final String TOKEN = "of-the-old-clients";

    @Test
    void setsWhatTheApiReads() {
        OldClients clients = new OldClients(TOKEN);
        assertThat(clients.settings()).containsEntry("farandole.api.old-token", TOKEN).hasSize(1);
        assertThat(clients.environment()).containsEntry("FARANDOLE_API_OLDTOKEN", TOKEN).hasSize(1);
    }

    @Test
    void setsNothingWithoutAToken() {
        assertThat(OldClients.AS_SET.settings()).isEmpty();
        assertThat(OldClients.AS_SET.environment()).isEmpty();
    }

    @Test
    void neverShowsIt() {
        assertThat(new OldClients(TOKEN)).hasToString("OldClients[hidden]");
        assertThatThrownBy(() -> new OldClients("guess")).hasMessageNotContaining("guess");
    }
}
