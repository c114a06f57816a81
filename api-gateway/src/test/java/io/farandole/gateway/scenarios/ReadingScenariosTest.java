package io.farandole.gateway.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

class ReadingScenariosTest {

    private static final String GOOD =
            """
            farandole.api.scenarios:
              home:
                include:
                  search-groups: [SPECTACLE, CINEMA]
                exclude:
                  items: [movie-9]
                boost:
                  - of: {categories: [Drama]}
                    by: 2
                pin:
                  - item: movie-1
                    position: 3
                explore:
                  share: 0.1
                  new-for: 7d
            """;

    @TempDir Path directory;

    @Test
    void readsAllOfIt() throws IOException {
        Scenarios scenarios = read(GOOD);
        assertThat(scenarios.names()).containsExactly("home");
        Scenario home = scenarios.named("home").orElseThrow().scenario();
        assertThat(home.include().searchGroups()).isEqualTo(Set.of("SPECTACLE", "CINEMA"));
        assertThat(home.exclude().items()).isEqualTo(Set.of("movie-9"));
        assertThat(home.boost().getFirst().by()).isEqualTo(2);
        assertThat(home.pin()).containsExactly(new Scenario.Pin("movie-1", 3));
        assertThat(home.explore()).isEqualTo(new Scenario.Exploration(0.1, Duration.ofDays(7)));
        assertThat(home.rules()).containsExactly("include", "exclude", "boost", "pin", "explore");
        assertThat(scenarios.named("elsewhere")).isEmpty();
    }

    @Test
    void knowsNoneWhereNoneIsConfigured() throws IOException {
        assertThat(read("other: 1\n").names()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "by: 2 | by: -1 | home.boost[0].by | must be above 0 | 9",
                "by: 2 | by: much | home.boost[0].by | cannot be read | 9",
                "share: 0.1 | share: 0.7 | home.explore.share | must be between 0 and 0.5 | 14",
                "new-for: 7d | new-for: 0d | home.explore.new-for | longer than 0s | 15",
                "position: 3 | position: 0 | home.pin[0].position | between 1 and 100 | 12",
                "position: 3 | place: 3 | home.pin[0].place | is not known | 12",
                "exclude: | leave-out: | home.leave-out.items[0] | is not known | 6"
            })
    void refusesWhatIsWrongAndSaysInWhichFileAndLine(
            String good, String bad, String field, String reason, int line) {
        assertThatThrownBy(() -> read(GOOD.replace(good, bad)))
                .isInstanceOf(ScenariosRefused.class)
                .hasMessageContaining("farandole.api.scenarios." + field)
                .hasMessageContaining(reason)
                .hasMessageContaining("scenarios.yml")
                .hasMessageContaining("- " + line + ":");
    }

    @Test
    void namesEveryFlawAtOnce() {
        assertThatThrownBy(
                        () ->
                                read(
                                        GOOD.replace("by: 2", "by: 0")
                                                .replace("share: 0.1", "share: -1")
                                                .replace("movie-1", "''")))
                .hasMessageContaining("boost[0].by")
                .hasMessageContaining("explore.share")
                .hasMessageContaining("pin[0].item");
    }

    @Test
    void refusesTwoPinsForOnePlace() {
        assertThatThrownBy(
                        () ->
                                read(
                                        GOOD.replace(
                                                "    pin:\n",
                                                "    pin:\n      - {item: movie-2, position: 3}\n")))
                .hasMessageContaining("home.pin[1].position is 3: it is taken by another pin");
    }

    private Scenarios read(String yaml) throws IOException {
        Path file = Files.writeString(directory.resolve("scenarios.yml"), yaml);
        StandardEnvironment environment = new StandardEnvironment();
        new YamlPropertySourceLoader()
                .load("scenarios", new FileSystemResource(file))
                .forEach(environment.getPropertySources()::addFirst);
        return ReadingScenarios.from(environment);
    }
}
