package io.farandole.gateway.eligibility;

import java.time.Instant;
import java.time.ZoneId;

/**
 * Who asks what, and when.
 *
 * @param zone in which days begin and birthdays come
 */
public record Asking(Person person, Wish wish, Instant now, ZoneId zone) {}
