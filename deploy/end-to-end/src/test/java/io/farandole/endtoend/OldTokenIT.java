package io.farandole.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.endtoend.SharedInstallation.Stage;
import io.farandole.local.asking.Api;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients of the old API are let in by the token that the command was given. */
@ExtendWith(SharedInstallation.class)
class OldTokenIT {

    private final Installation installation;

    OldTokenIT(Stage stage) {
        installation = stage.installation();
    }

    @Test
    void letsInWhoShowsTheTokenAndNobodyElse() throws Exception {
        assertThat(status("?token=" + Installation.OLD_TOKEN)).isEqualTo(200);
        assertThat(status("?token=another-one")).isEqualTo(403);
        assertThat(status("")).isEqualTo(403);
    }

    private int status(String query) throws IOException, InterruptedException {
        try (Api api = new Api(installation.ports());
                HttpClient client = HttpClient.newHttpClient()) {
            URI list = URI.create(api.formerListOf("1") + query);
            return client.send(HttpRequest.newBuilder(list).build(), BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
