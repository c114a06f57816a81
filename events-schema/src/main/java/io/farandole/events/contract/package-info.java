/**
 * The published contract of each topic, generated from the records: a {@code .proto} file for
 * producers in any language, the lock of its field numbers, and the table of topics for readers.
 */
@NullMarked
package io.farandole.events.contract;

import org.jspecify.annotations.NullMarked;
