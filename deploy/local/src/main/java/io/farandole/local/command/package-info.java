/** The farandole command and its subcommands: options, words, exit codes. */
@NullMarked
package io.farandole.local.command;

import org.jspecify.annotations.NullMarked;
