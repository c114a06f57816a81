/** What the command says: lines, tables, progress, JSON for scripts. */
@NullMarked
package io.farandole.local.console;

import org.jspecify.annotations.NullMarked;
