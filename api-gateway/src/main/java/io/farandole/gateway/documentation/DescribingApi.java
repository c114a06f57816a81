package io.farandole.gateway.documentation;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** What stands around the descriptions of the single addresses; examples are files of their own. */
@Configuration(proxyBeanMethods = false)
class DescribingApi {

    private static final JsonMapper JSON = new JsonMapper();

    @Bean
    OpenAPI description() {
        Components components = new Components();
        example(components, "recommendations", "A user's own list");
        example(components, "similar", "What is similar to an offer");
        example(components, "rated", "A user rated something");
        example(components, "batch", "An offer, and a user who rated it");
        example(components, "data", "The data alone; the attributes are in ce- headers");
        return new OpenAPI()
                .info(
                        new Info()
                                .title("Farandole")
                                .version("v1")
                                .description(
                                        "Recommendations that know what a user just did, and a door for"
                                                + " events. Everything that is not a success is"
                                                + " application/problem+json (RFC 9457).")
                                .license(new License().name("Apache-2.0")))
                .servers(List.of(new Server().url("http://127.0.0.1:8080")))
                .tags(
                        List.of(
                                new Tag().name("recommendations").description("What to show"),
                                new Tag().name("knowledge").description("What is known"),
                                new Tag().name("events").description("What happened")))
                .components(components);
    }

    private static void example(Components components, String name, String summary) {
        components.addExamples(
                name, new Example().summary(summary).value(read("/openapi/" + name + ".json")));
    }

    // Plain maps and lists: the description is written by another Jackson than ours.
    private static Object read(String resource) {
        try (InputStream file = DescribingApi.class.getResourceAsStream(resource)) {
            if (file == null) {
                throw new IllegalStateException("The example " + resource + " is missing");
            }
            return JSON.readValue(file, Object.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
