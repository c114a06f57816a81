/**
 * What is said: the topics, the event families with their records, the envelope around them and the
 * codec. An event's record is the source of its published contract; a released record changes only
 * by gaining optional components.
 */
@NullMarked
package io.farandole.events;

import org.jspecify.annotations.NullMarked;
