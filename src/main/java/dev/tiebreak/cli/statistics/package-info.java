/// The commands over the statistics library: `agreement`, `rank` and `bench statistics`.
@NullMarked
package dev.tiebreak.cli.statistics;

import org.jspecify.annotations.NullMarked;
