/**
 * What is asked of Vertex AI: jobs, a registry of models, an endpoint. The steps that ask know
 * neither its client nor its protocol; nothing of it is made where no setting names it.
 */
@NullMarked
package io.farandole.processors.vertex;

import org.jspecify.annotations.NullMarked;
