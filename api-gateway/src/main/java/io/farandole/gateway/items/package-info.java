/** Items as answers show them: what can be had of each, and why it is there. */
@NullMarked
package io.farandole.gateway.items;

import org.jspecify.annotations.NullMarked;
