/** Topics and subscriptions, made from the topic catalogue and compared with it at every start. */
@NullMarked
package io.farandole.orchestrator.provisioning;

import org.jspecify.annotations.NullMarked;
