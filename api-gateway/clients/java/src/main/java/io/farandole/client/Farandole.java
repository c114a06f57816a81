package io.farandole.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Makes clients of an API. */
public final class Farandole {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Farandole() {}

    /**
     * A client; it can be used by many threads.
     *
     * @param base as {@code http://127.0.0.1:8080}
     * @param key that {@code farandole keys create} made, or a provider's token; null for calls
     *     from the API's own machine, where it lets those in
     */
    public static FarandoleApi at(URI base, @Nullable String key) {
        JdkClientHttpRequestFactory connections =
                new JdkClientHttpRequestFactory(
                        HttpClient.newBuilder().connectTimeout(PATIENCE).build());
        connections.setReadTimeout(PATIENCE);
        RestClient.Builder client =
                RestClient.builder()
                        .baseUrl(base)
                        .requestFactory(connections)
                        .defaultStatusHandler(
                                HttpStatusCode::isError, (_, response) -> refuse(response));
        if (key != null) {
            client.defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + key);
        }
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client.build()))
                .build()
                .createClient(FarandoleApi.class);
    }

    private static void refuse(ClientHttpResponse response) throws IOException {
        throw new ApiProblem(
                problem(response.getStatusCode().value(), response.getBody().readAllBytes()));
    }

    private static ApiProblem.Problem problem(int status, byte[] body) {
        try {
            ApiProblem.Problem said = JSON.readValue(body, ApiProblem.Problem.class);
            return new ApiProblem.Problem(
                    status,
                    said.code(),
                    said.detail(),
                    said.instance(),
                    said.traceId(),
                    said.errors());
        } catch (JacksonException _) {
            // A proxy's page, say.
            return new ApiProblem.Problem(
                    status, null, "the answer is no problem in JSON", null, null, null);
        }
    }
}
