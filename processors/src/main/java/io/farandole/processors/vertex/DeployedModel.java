package io.farandole.processors.vertex;

/**
 * A model on the endpoint.
 *
 * @param id its number there
 * @param version its name in the registry, {@code projects/…/models/…@3}
 * @param share of the endpoint's traffic, in percent
 */
public record DeployedModel(String id, String version, int share) {}
