package io.farandole.recommenders.training;

import io.farandole.recommenders.linear.Scoring;
import io.farandole.recommenders.model.ModelSpec;

/**
 * Implicit ALS as it was fitted and asked.
 *
 * @param spec with all its iterations, of which it was fitted in half
 */
record Factored(ModelSpec.Ials spec, Answers answers, Scoring scoring) {}
