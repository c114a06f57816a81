package io.farandole.processors.deployment;

import io.farandole.processors.objects.CloudObjects;
import io.farandole.processors.objects.ObjectStore;
import io.farandole.processors.vertex.VertexAi;
import io.farandole.streams.Processor;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of deployment. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeploymentSettings.class)
class DeploymentConfiguration {

    /** Made wherever a processor runs, before any does: others look up what is released. */
    @Bean(initMethod = "migrate")
    ReleaseSchema releaseSchema(DataSource database) {
        return new ReleaseSchema(database);
    }

    @Bean
    ReleaseTables releaseTables(DataSource database) {
        return new ReleaseTables(database);
    }

    @Bean
    Processor deployment(
            ObjectStore objects,
            ReleaseTables tables,
            DataSource database,
            DeploymentSettings settings,
            ObjectProvider<VertexAi> vertex) {
        Filling filling = new Filling(tables, new StagingLists(database));
        Tidying tidying = new Tidying(objects, database, settings.kept());
        Predicting predicting = predicting(objects, settings, vertex);
        return Deployment.describe(
                new Releasing(objects, tables, filling, settings, tidying, predicting),
                new Switching(objects, new SwitchTables(database), filling, tidying),
                new Following(predicting, tables));
    }

    private static Predicting predicting(
            ObjectStore objects, DeploymentSettings settings, ObjectProvider<VertexAi> vertex) {
        return switch (settings.predictions()) {
            case NONE -> Predicting.NONE;
            case VERTEX -> {
                if (!(objects instanceof CloudObjects)) {
                    throw new IllegalArgumentException(
                            "farandole.deployment.predictions = vertex needs"
                                    + " farandole.objects.bucket: an endpoint cannot read a"
                                    + " directory of this machine");
                }
                VertexAi ai = vertex.getObject();
                yield new VertexPredicting(objects, ai.registry(), ai.endpoint(), settings.kept());
            }
        };
    }
}
