package io.farandole.processors.deployment;

import io.farandole.processors.objects.ObjectStore;
import io.farandole.streams.Processor;
import javax.sql.DataSource;
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
            DeploymentSettings settings) {
        Filling filling = new Filling(tables, new StagingLists(database));
        Tidying tidying = new Tidying(objects, database, settings.kept());
        return Deployment.describe(
                new Releasing(objects, tables, filling, settings, tidying),
                new Switching(objects, new SwitchTables(database), filling, tidying));
    }
}
