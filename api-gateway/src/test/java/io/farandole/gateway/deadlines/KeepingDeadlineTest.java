package io.farandole.gateway.deadlines;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.gateway.problems.ProblemException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;

class KeepingDeadlineTest {

    private static final Duration DEADLINE = Duration.ofMillis(50);

    private final KeepingDeadline keeping = new KeepingDeadline(DEADLINE, Duration.ofSeconds(1));

    @ParameterizedTest
    @ValueSource(strings = {"/v1/popular", "/recommendation/1"})
    void givesUpAnAnswerThatDoesNotBegin(String path) {
        assertThatThrownBy(() -> late(path)).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/verify", "/v1/events", "/v3/api-docs"})
    void letsTakeAsLongAsItTakesWhatIsNoAnswer(String path) {
        assertThatCode(() -> late(path)).doesNotThrowAnyException();
    }

    private void late(String path) {
        keeping.filter(
                        MockServerWebExchange.from(MockServerHttpRequest.get(path)),
                        _ -> Mono.delay(DEADLINE.multipliedBy(4)).then())
                .block();
    }
}
