/**
 * What training costs: beside Spark's ALS, beside LAPACK, beside a bare product, and as it grows.
 */
@NullMarked
package io.farandole.benchmarks.training;

import org.jspecify.annotations.NullMarked;
