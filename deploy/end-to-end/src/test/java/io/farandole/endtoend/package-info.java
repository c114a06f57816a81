/**
 * Stories: the whole platform in a process of its own, told to over topics, HTTP and the command,
 * and looked at from outside.
 */
@NullMarked
package io.farandole.endtoend;

import org.jspecify.annotations.NullMarked;
