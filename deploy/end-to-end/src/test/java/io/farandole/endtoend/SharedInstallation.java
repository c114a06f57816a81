package io.farandole.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.local.inspecting.StoreHash;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One installation for all stories that leave it well, with the earliest ratings of the real data
 * set in it.
 */
final class SharedInstallation implements BeforeAllCallback, ParameterResolver {

    private static final Excerpt EXCERPT = Excerpt.of(3_000);

    /**
     * The installation, and what its state was when all was imported and nothing else had happened.
     */
    record Stage(Installation installation, List<StoreHash> facts, List<StoreHash> lists)
            implements AutoCloseable {

        static Stage set() {
            Installation installation = Installation.start();
            try {
                Said said = importing(installation);
                assertThat(said.exitCode()).describedAs(said.err()).isZero();
                installation.awaitRest();
                assertThat(installation.run("refresh").exitCode()).isZero();
                return new Stage(installation, installation.facts(), installation.lists());
            } catch (InterruptedException e) {
                installation.close();
                throw new IllegalStateException(e);
            } catch (RuntimeException | AssertionError e) {
                installation.close();
                throw e;
            }
        }

        @Override
        public void close() {
            installation.close();
        }
    }

    static Said importing(Installation installation) {
        return installation.run("import", EXCERPT.directory().toString(), "--json");
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        stage(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Stage.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return stage(context);
    }

    /** Kept until the last story has been told. */
    private static Stage stage(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedInstallation.class))
                .computeIfAbsent(Stage.class, _ -> Stage.set(), Stage.class);
    }
}
