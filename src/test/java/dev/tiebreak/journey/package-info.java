/// The whole product, walked in a browser as a person would.
@NullMarked
package dev.tiebreak.journey;

import org.jspecify.annotations.NullMarked;
