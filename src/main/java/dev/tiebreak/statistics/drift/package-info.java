/// Does somebody change: control charts of an annotator's gold accuracy, or of any number, in time order.
@NullMarked
package dev.tiebreak.statistics.drift;

import org.jspecify.annotations.NullMarked;
