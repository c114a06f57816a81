package io.farandole.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whether the client is as the API's document says: names, and what is asked. */
class DocumentTest {

    private static final JsonNode DOCUMENT =
            JsonMapper.builder().build().readTree(Path.of("../../openapi.json").toFile());

    static Stream<Class<?>> records() {
        return Stream.of(
                        Recommendations.class,
                        SimilarOffers.class,
                        PlaylistAnswer.class,
                        KnownOffer.class,
                        KnownItem.class,
                        KnownUser.class,
                        WhyNot.class,
                        CloudEvent.class,
                        Receipt.class)
                .flatMap(
                        type ->
                                Stream.concat(
                                        Stream.of(type), Arrays.stream(type.getDeclaredClasses())));
    }

    @ParameterizedTest
    @MethodSource("records")
    void everyMemberIsInTheDocument(Class<?> type) {
        JsonNode schema = DOCUMENT.path("components").path("schemas").path(type.getSimpleName());
        assertThat(schema.isObject()).as(type + " has no schema").isTrue();
        List<String> members =
                Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
        assertThat(schema.path("properties").propertyNames()).containsAll(members);
    }

    @Test
    void aPlaylistCanBeWishedWithAllThatTheDocumentHas() {
        assertThat(
                        DOCUMENT.path("components")
                                .path("schemas")
                                .path("PlaylistWish")
                                .path("properties")
                                .propertyNames())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(PlaylistWish.class.getDeclaredMethods())
                                .filter(method -> Modifier.isPublic(method.getModifiers()))
                                .map(Method::getName)
                                .filter(name -> !name.equals("toString"))
                                .toList());
    }

    /** But for streams, which are no call, and what is for clients of the old API. */
    @Test
    void everyAddressOfTheDocumentIsInTheClient() {
        Set<String> known = new HashSet<>();
        for (Method method : FarandoleApi.class.getMethods()) {
            GetExchange get = method.getAnnotation(GetExchange.class);
            known.add(get == null ? method.getAnnotation(PostExchange.class).url() : get.value());
        }
        assertThat(DOCUMENT.path("paths").propertyNames())
                .filteredOn(path -> path.startsWith("/v1/") && !path.endsWith("/stream"))
                .containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void everyAddressIsInTheDocument() {
        for (Method method : FarandoleApi.class.getMethods()) {
            GetExchange get = method.getAnnotation(GetExchange.class);
            PostExchange post = method.getAnnotation(PostExchange.class);
            JsonNode operation =
                    get == null
                            ? DOCUMENT.path("paths").path(post.url()).path("post")
                            : DOCUMENT.path("paths").path(get.value()).path("get");
            assertThat(operation.isObject()).as(method.getName()).isTrue();
        }
    }
}
