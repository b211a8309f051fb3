/// Agreement, reliability, rankings and their intervals: a library that knows nothing of the studio.
@NullMarked
package dev.tiebreak.statistics;

import org.jspecify.annotations.NullMarked;
