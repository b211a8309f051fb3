/// Training data: rows as TRL writes them, read as a stream with located errors, and their token ids.
@NullMarked
package dev.tiebreak.rlhf.data;

import org.jspecify.annotations.NullMarked;
