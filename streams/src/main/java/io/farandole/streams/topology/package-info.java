/**
 * What the processors are to each other: read off their descriptions and the topic catalogue, told
 * as text, as a Mermaid chart, as JSON and as AsyncAPI.
 */
@NullMarked
package io.farandole.streams.topology;

import org.jspecify.annotations.NullMarked;
