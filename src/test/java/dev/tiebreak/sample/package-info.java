/// What the sample data promise.
@NullMarked
package dev.tiebreak.sample;

import org.jspecify.annotations.NullMarked;
