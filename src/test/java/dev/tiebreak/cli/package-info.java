/// The command line as a person meets it.
@NullMarked
package dev.tiebreak.cli;

import org.jspecify.annotations.NullMarked;
