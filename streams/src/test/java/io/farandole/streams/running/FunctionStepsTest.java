package io.farandole.streams.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.events.ActivityEvent;
import io.farandole.events.ActivityEvent.Registered;
import io.farandole.events.Cause;
import io.farandole.events.Envelope;
import io.farandole.events.Message;
import io.farandole.events.UserId;
import io.farandole.streams.Stepped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.cloud.function.context.catalog.SimpleFunctionRegistry;
import org.springframework.cloud.function.context.config.ContextFunctionCatalogAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class FunctionStepsTest {

    private static final Stepped<ActivityEvent> GOING =
            new Stepped.Going<>(
                    new Message<>(
                            new Envelope(
                                    "id",
                                    "source",
                                    "type",
                                    "user:ann",
                                    Instant.EPOCH,
                                    Instant.EPOCH,
                                    null,
                                    null,
                                    new Cause("source", "id"),
                                    null,
                                    null),
                            new Registered(new UserId("ann"), null)));

    private final AnnotationConfigApplicationContext context =
            new AnnotationConfigApplicationContext(Steps.class);
    private final FunctionCatalog catalog = context.getBean(FunctionCatalog.class);
    private final Steps beans = context.getBean(Steps.class);

    @Test
    void composesWhatTheCatalogueNamesInOrder() {
        UnaryOperator<Stepped<ActivityEvent>> steps =
                FunctionSteps.compose(catalog, "validate | clean");

        assertThat(steps.apply(GOING)).isSameAs(GOING);
        assertThat(beans.called).containsExactly("validate", "clean");
    }

    @Test
    void handsTheVeryObjectToTheRawFunctions() {
        UnaryOperator<Stepped<ActivityEvent>> steps = FunctionSteps.compose(catalog, "clean");

        assertThat(steps.apply(GOING)).isSameAs(GOING);
        assertThat(beans.seen).singleElement().isSameAs(GOING);
        assertThat(beans.callers)
                .doesNotContain(SimpleFunctionRegistry.FunctionInvocationWrapper.class.getName());
    }

    @Test
    void doesNotShowToTheNextStepsWhatOneRefuses() {
        UnaryOperator<Stepped<ActivityEvent>> steps =
                FunctionSteps.compose(catalog, "refuse|clean");

        assertThat(steps.apply(GOING)).isEqualTo(new Stepped.Refused<>("is bad", "$"));
        assertThat(beans.called).containsExactly("refuse");
    }

    @Test
    void namesWhatIsMissingAndWhatThereIs() {
        assertThatThrownBy(() -> FunctionSteps.compose(catalog, "validate|clena"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'clena'")
                .hasMessageContaining("validate|clena")
                .hasMessageContaining("clean")
                .hasMessageContaining("refuse");
    }

    @Test
    void refusesAnEmptyName() {
        assertThatThrownBy(() -> FunctionSteps.compose(catalog, "validate|"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Configuration
    @ImportAutoConfiguration(ContextFunctionCatalogAutoConfiguration.class)
    static class Steps {

        private final List<String> called = new ArrayList<>();
        private final List<Object> seen = new ArrayList<>();
        private final List<String> callers = new ArrayList<>();

        @Bean
        Function<Stepped<ActivityEvent>, Stepped<ActivityEvent>> validate() {
            return stepped -> going("validate", stepped);
        }

        @Bean
        Function<Stepped<ActivityEvent>, Stepped<ActivityEvent>> clean() {
            return stepped -> going("clean", stepped);
        }

        @Bean
        Function<Stepped<ActivityEvent>, Stepped<ActivityEvent>> refuse() {
            return stepped -> {
                called.add("refuse");
                return new Stepped.Refused<>("is bad", "$");
            };
        }

        private Stepped<ActivityEvent> going(String step, Stepped<ActivityEvent> stepped) {
            called.add(step);
            seen.add(stepped);
            StackWalker.getInstance().forEach(frame -> callers.add(frame.getClassName()));
            return stepped;
        }
    }
}
