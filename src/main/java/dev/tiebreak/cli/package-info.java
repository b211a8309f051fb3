/// The command line over the studio and its two libraries.
@NullMarked
package dev.tiebreak.cli;

import org.jspecify.annotations.NullMarked;
